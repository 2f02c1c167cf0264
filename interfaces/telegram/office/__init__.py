"""The private office of the staff: what a manager sees and does in the chat with the manager bot.

Each noun has its screens (what the API says, as text with buttons) and its actions (what the
buttons do). Nothing is kept: buttons and questions carry what they are about.
"""
