"""The carrier: the one package that knows Twilio, or anything that speaks its API."""
