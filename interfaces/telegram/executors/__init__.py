"""The executors' bot: its chats, where orders are shown, and what executors do there.

Nothing is kept: buttons carry what they are about, and the API decides who gets what.
"""
