"""The tables, grouped by what they keep; every `*_sealed` column holds bytes that only `vault` can open."""

from smsbot.models.access import ApiKey, AuditEntry, IdempotencyKey, Staff, StaffSession, SystemKey, WebhookEndpoint
from smsbot.models.base import Utc
from smsbot.models.carrier import CarrierSender, Inbound, Message, StatusEvent
from smsbot.models.clinic import Clinic, ClinicKey, Contact, ContentSignoff, License
from smsbot.models.machine import ClockOffset, Heartbeat
from smsbot.models.patient import Consent, Patient, Series, Suppression, TreatmentSession
from smsbot.models.safety import Alert, AlertStep, Task
from smsbot.models.states import (
    AlertState,
    ConversationState,
    MessageState,
    PatientStatus,
    SessionStatus,
    TaskState,
    TouchState,
)
from smsbot.models.talk import Answer, Conversation, FlowVersion, HeardLine, JournalEntry, Mark, Touch
from smsbot.models.voice import Call, VoiceNote

__all__ = [
    "Alert",
    "AlertState",
    "AlertStep",
    "Answer",
    "ApiKey",
    "AuditEntry",
    "Call",
    "CarrierSender",
    "Clinic",
    "ClinicKey",
    "ClockOffset",
    "Consent",
    "Contact",
    "ContentSignoff",
    "Conversation",
    "ConversationState",
    "FlowVersion",
    "HeardLine",
    "Heartbeat",
    "IdempotencyKey",
    "Inbound",
    "JournalEntry",
    "License",
    "Mark",
    "Message",
    "MessageState",
    "Patient",
    "PatientStatus",
    "Series",
    "SessionStatus",
    "Staff",
    "StaffSession",
    "StatusEvent",
    "Suppression",
    "SystemKey",
    "Task",
    "TaskState",
    "Touch",
    "TouchState",
    "TreatmentSession",
    "Utc",
    "VoiceNote",
    "WebhookEndpoint",
]
