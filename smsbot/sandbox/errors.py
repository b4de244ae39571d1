"""The carrier's refusals: Twilio's codes, their HTTP status and their wording."""

from __future__ import annotations

from typing import Any

MESSAGES: dict[int, tuple[int, str]] = {
    20001: (400, "Invalid parameter"),
    20003: (401, "Authenticate"),
    20008: (403, "Resource not accessible with Test Account Credentials"),
    20009: (400, "The resource cannot be deleted before it has reached a final status"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    20503: (503, "Service unavailable"),
    20004: (405, "Method not allowed"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "Url parameter is required"),
    21210: (400, "'From' phone number not verified"),
    21211: (400, "The 'To' number is not a valid phone number"),
    21212: (400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID"),
    21213: (400, "Caller phone number is required"),
    21214: (400, "'To' phone number cannot be reached"),
    21215: (
        400,
        "Account not authorized to call this number; perhaps international permissions are off",
    ),
    21216: (400, "Call blocked by Twilio blocklist"),
    21217: (400, "Phone number does not appear to be valid"),
    21220: (400, "Invalid call state"),
    21266: (400, "'To' and 'From' number cannot be the same"),
    21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"),
    21421: (400, "PhoneNumber is invalid"),
    21422: (400, "PhoneNumber is not available"),
    21452: (400, "No phone numbers found in area code"),
    21602: (400, "Message body is required"),
    21603: (400, "A 'From' phone number is required"),
    21604: (400, "A 'To' phone number is required"),
    21606: (400, "The 'From' phone number provided is not a valid message-capable phone number for this destination"),
    21609: (400, "The 'StatusCallback' URL is not a valid URL"),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "This 'From' number has exceeded the maximum number of queued messages"),
    21612: (400, "Message cannot be sent with the current combination of 'To' and/or 'From' parameters"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL(s)"),
    21623: (400, "Number of media files exceeds allowed limit"),
    21701: (400, "The Messaging Service does not exist"),
    21703: (400, "The Messaging Service does not have a phone number available to send a message"),
    14107: (400, "Message blocked: more than 30 replies between two numbers within 30 seconds"),
    35115: (400, "SendAt must be between 300 seconds and 35 days from now, in ISO 8601 UTC"),
    35117: (400, "SendAt is required with ScheduleType"),
    35118: (400, "MessagingServiceSid is required to schedule a message"),
}

# What the debugger says about webhooks that failed (never an API answer).
WEBHOOK_ERRORS: dict[int, str] = {
    11200: "The service's address could not be used or answered with an error",
    11205: "The connection to the service failed or timed out",
    11215: "Too many redirects",
    11750: "The answer was over 64 kB",
    12100: "The TwiML could not be parsed",
    12200: "The TwiML has something in it that is not in the schema",
    12300: "The content type is not one that TwiML may have",
    14107: "More than 30 replies between two numbers within 30 seconds",
}


class ApiError(Exception):
    """A refusal with Twilio's `code`; `message` replaces the standard wording, `status` the standard HTTP status."""

    def __init__(self, code: int, message: str | None = None, status: int | None = None) -> None:
        known_status, known_message = MESSAGES.get(code, (400, f"Error {code}"))
        self.code = code
        self.status = status or known_status
        self.message = message or known_message
        super().__init__(f"{self.code}: {self.message}")

    def body(self) -> dict[str, Any]:
        """The JSON of Twilio's error answer."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}
