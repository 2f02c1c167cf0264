"""The settings bot: owners found companies and run their desks, screen by screen.

A screen is what the API says, as text with buttons; a question is a message that asks for a reply.
Nothing is kept: buttons and questions carry the company that they are about, and the API decides
who may act there.
"""
