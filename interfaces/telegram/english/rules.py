"""What owners read of the rules of their desk, in English."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "rules_head": "⚙️ Settings. Everything works without them; change what you like.",
    "rule_topics": "Topics",
    "rule_hours": "Hours",
    "rule_targets": "Targets",
    "rule_texts": "Own texts",
    "rule_routing": "Who answers",
    "rule_presence": "Presence",
    "rule_reopening": "Reopening",
    "rule_signing": "Signing",
    "rule_reports": "Reports",
    "rule_language": "Language",
    "rule_surface": "Where you work",
    # topics
    "topics_head": "Clients choose a topic when they write. Press a topic to take it away.",
    "topics_none": "No topics: clients just write. Add some if their questions differ.",
    "add_topics": "➕ Add topics",
    "ask_topics": "Send the topics, each on a line of its own. For example:\nDelivery\nPayment",
    "placeholder_topics": "Delivery",
    "topics_wrong": "Up to 50 topics of up to 64 signs, each on a line of its own. Try again.",
    # hours
    "hours_head": "When you answer. At other times clients read when to expect an answer.",
    "hours_always": "Around the clock",
    "hours_never": "Always closed",
    "zone_is": "Time zone: {zone}",
    "own_week": "✎ Own hours",
    "zone": "🌍 Time zone",
    "ask_week": (
        "Write days and hours, for example:\nmon-fri 9:00-18:00, sat 10-14\n"
        "or: daily 8-22\nDays that are not named are free."
    ),
    "placeholder_week": "mon-fri 9-18, sat 10-14",
    "week_wrong": "I did not understand. Write it like this: mon-fri 9:00-18:00, sat 10-14",
    "zones_head": "In which zone do you work?",
    "own_zone": "✎ Another",
    "ask_zone": "Write the zone as IANA calls it, for example: Asia/Almaty",
    "placeholder_zone": "Asia/Almaty",
    "zone_wrong": "There is no such zone. For example: Europe/Moscow, Asia/Almaty, Europe/Minsk.",
    "zone_kaliningrad": "Kaliningrad −1",
    "zone_moscow": "Moscow",
    "zone_samara": "Samara +1",
    "zone_yekaterinburg": "Yekaterinburg +2",
    "zone_omsk": "Omsk +3",
    "zone_krasnoyarsk": "Krasnoyarsk +4",
    "zone_irkutsk": "Irkutsk +5",
    "zone_yakutsk": "Yakutsk +6",
    "zone_vladivostok": "Vladivostok +7",
    "zone_magadan": "Magadan +8",
    "zone_kamchatka": "Kamchatka +9",
    # targets
    "targets_head": "How soon you want to answer and to close. The staff sees what is overdue.",
    "target_first": "First answer: {target}",
    "target_closing": "Closing: {target}",
    "target_first_short": "answer",
    "target_closing_short": "closing",
    "no_target": "no target",
    "own_target": "✎ Own",
    "ask_first": "How soon should the first answer come? For example: 20 min, 2 h, 1 day.",
    "ask_closing": "How soon should a ticket be closed? For example: 4 h, 2 days.",
    "placeholder_target": "20 min",
    "duration_wrong": "I did not understand. For example: 15 min, 2 h, 1 day (up to a year).",
    "lasting_minutes": Plural(one="{count} minute", other="{count} minutes"),
    "lasting_hours": Plural(one="{count} hour", other="{count} hours"),
    "lasting_days": Plural(one="{count} day", other="{count} days"),
    # texts
    "texts_head": "What the bot says to clients. ✎ — in your words, everything else in ours.",
    "text_greeting": "Greeting",
    "about_greeting": "A client opens the bot.",
    "text_accepted": "Ticket accepted",
    "about_accepted": "After the first message of a new ticket.",
    "text_out_of_hours": "Out of hours",
    "about_out_of_hours": "A client writes when you are closed.",
    "text_rate_please": "Request for a rating",
    "about_rate_please": "After a ticket was closed, above the stars.",
    "text_blocked": "Client is blocked",
    "about_blocked": "A blocked client writes again.",
    "text_is_ours": "Now: the standard text.",
    "change_text": "✎ Change",
    "reset_text": "↺ Back to the standard text",
    "ask_text": "{occasion}: send your text, up to 1000 signs.",
    "placeholder_text": "Your text",
    "text_wrong": "Too long: up to 1000 signs. Send a shorter one.",
    # reports
    "reports_head": (
        "Schedule of reports: {every}, at {clock} of your time.\n"
        "The reports themselves come with the next version; the schedule is kept."
    ),
    "report_never": "never",
    "report_day": "every day",
    "report_week": "every week",
    "report_month": "every month",
    "own_clock": "✎ Another time",
    "ask_clock": "At what time should the report come? For example: 8:30",
    "placeholder_clock": "8:30",
    "clock_wrong": "Write the time like this: 8:30",
    # policies
    "routing_head": (
        "Who answers for a new ticket:\n\n"
        "• who answers first — it belongs to whoever first writes to the client\n"
        "• who presses Claim — nobody can answer before\n"
        "• automatically — it goes to whoever is here and has the fewest tickets"
    ),
    "routing_first_answer": "who answers first",
    "routing_manual": "who presses Claim",
    "routing_automatic": "automatically",
    "presence_head": (
        "How it is known who is here:\n\n"
        "• by hand — people say it themselves: /here, /break, /gone\n"
        "• by activity — the bot asks whoever is silent for longer than this;"
        " no answer in a minute means gone. It begins to ask with the next version;"
        " until then people say it themselves"
    ),
    "presence_manual": "by hand",
    "presence_activity": "by activity: {silence}",
    "reopening_head": "For how long may a client open a closed ticket again?",
    "reopening_never": "never",
    "reopening_by_reply": "by a button and by a reply",
    "reopening_by_button": "by a button only",
    "signing_head": (
        "Clients do not see who answers them. May the staff name themselves in an answer?\n"
        "If not, an answer with somebody's name or login is not sent."
    ),
    "signing_forbidden": "no",
    "signing_allowed": "yes",
    # languages
    "language_name": "English",
    "own_language_head": "In which language shall I speak to you?",
    "language_head": "In which language are the staff's channel and group written to?",
    # surfaces
    "surfaces_head": (
        "Where the staff works with tickets:\n\n"
        "• channel with discussion — a ticket is a post, answered in comments; suits most\n"
        "• group with topics — each ticket has a topic of its own\n"
        "• ordinary group — tickets in one chat; for two or three people\n\n"
        "Now: {now}\n"
        "It is chosen in the staff bot, which shows your channels and groups."
    ),
    "surface_channel": "channel with discussion",
    "surface_forum": "group with topics",
    "surface_group": "ordinary group",
}
