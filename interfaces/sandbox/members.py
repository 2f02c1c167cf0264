"""Membership: who belongs to a chat, with which status and rights."""

from dataclasses import dataclass, field
from typing import Final

from interfaces.sandbox.specification import required_admin_rights
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json

ADMINISTRATOR: Final = "administrator"
CREATOR: Final = "creator"
MEMBER: Final = "member"
RESTRICTED: Final = "restricted"
LEFT: Final = "left"
KICKED: Final = "kicked"

RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
CHANNEL_RIGHTS: Final = ("can_post_messages", "can_edit_messages")
GROUP_RIGHTS: Final = ("can_pin_messages", "can_manage_topics")
PERMISSIONS: Final = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def given_rights(rights: Json | None) -> set[str]:
    """The names of the rights that are given."""
    return {name for name, given in (rights or {}).items() if given is True}


@dataclass(slots=True)
class Member:
    """One account in one chat."""

    user: User
    status: str = LEFT
    rights: dict[str, bool] = field(default_factory=dict[str, bool])
    anonymous: bool = False
    custom_title: str | None = None

    @property
    def is_present(self) -> bool:
        """Belongs to the chat now."""
        return self.status not in {LEFT, KICKED}

    @property
    def is_admin(self) -> bool:
        """Owner or administrator."""
        return self.status in {CREATOR, ADMINISTRATOR}

    def may(self, right: str) -> bool:
        """Owners may everything, administrators what they were given."""
        return self.status == CREATOR or (self.is_admin and self.rights.get(right, True))

    def as_json(self, *, channel: bool) -> Json:
        """The `ChatMember` of the Bot API."""
        body: Json = {"user": self.user.as_json(), "status": self.status}
        if self.status == CREATOR:
            body["is_anonymous"] = self.anonymous
        elif self.status == ADMINISTRATOR:
            extra = CHANNEL_RIGHTS if channel else GROUP_RIGHTS
            body |= {"can_be_edited": False, "is_anonymous": self.anonymous}
            body |= {
                right: self.may(right) for right in (*(required_admin_rights() or RIGHTS), *extra)
            }
        elif self.status == RESTRICTED:
            body |= {"is_member": True, "until_date": 0}
            body |= {right: self.rights.get(right, False) for right in PERMISSIONS}
        elif self.status == KICKED:
            body["until_date"] = 0
        if self.custom_title and self.is_admin:
            body["custom_title"] = self.custom_title
        return body
