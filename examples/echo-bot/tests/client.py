"""A user who talks to the echo bot. Exits with 1 if the bot does not answer as expected.

Usage: client.py HOMESERVER USER PASSWORD BOT
"""

import asyncio
import sys

from nio import AsyncClient

SECONDS_UNTIL_FAILURE = 60


class User:
    """A session, and the events that it received."""

    def __init__(self, homeserver, user, password, bot):
        self.client = AsyncClient(homeserver, user)
        self.password = password
        self.bot = bot
        self.events = []

    async def start(self):
        await self.client.login(self.password)
        self.client.add_event_callback(lambda _, event: self.events.append(event.source), object)

    async def expect(self, name, is_expected):
        """Synchronizes until an event of the bot is as expected, and returns the event."""
        deadline = asyncio.get_running_loop().time() + SECONDS_UNTIL_FAILURE
        while asyncio.get_running_loop().time() < deadline:
            for event in self.events:
                if event["sender"] == self.bot and is_expected(event, event.get("content", {})):
                    print(f"the bot {name}")
                    return event
            await self.client.sync(timeout=1000)
        sys.exit(f"error: the bot did not do this: it {name}")

    async def send(self, room, content, event_type="m.room.message"):
        response = await self.client.room_send(room, event_type, content)
        return response.event_id


def text(body, **more):
    return {"msgtype": "m.text", "body": body, **more}


async def talk(user, room_version):
    print(f"in a room of version {room_version}")
    user.events.clear()
    created = await user.client.room_create(invite=[user.bot], name="Seedlings", room_version=room_version)
    room = created.room_id
    await user.expect("joined the room", lambda event, content: content.get("membership") == "join")

    question = await user.send(room, text("!echo They are up!"))

    def is_answer(event, content):
        relates_to = content.get("m.relates_to", {})
        return relates_to.get("event_id") == question and relates_to.get("rel_type") == "m.thread" \
            and content["body"] == "They are up!"

    answer = await user.expect("repeated the message in a thread", is_answer)
    await user.expect(
        "reacted to the message",
        lambda event, content: event["type"] == "m.reaction" and content["m.relates_to"]["event_id"] == question,
    )
    await user.send(room, text("* !echo They are out!", **{
        "m.new_content": text("!echo They are out!"),
        "m.relates_to": {"rel_type": "m.replace", "event_id": question},
    }))
    await user.expect(
        "edited its answer",
        lambda event, content: content.get("m.relates_to", {}).get("event_id") == answer["event_id"]
        and content.get("m.new_content", {}).get("body") == "They are out!",
    )
    await user.send(room, text("!topic Seedlings of the year"))
    await user.expect("has no power for the topic, and says so", lambda _, content: "power level" in content.get("body", ""))
    # Since version 12, creators have an infinite power level, and the event must not name them.
    creators = {} if room_version == "12" else {user.client.user_id: 100}
    await user.client.room_put_state(room, "m.room.power_levels", {"users": {**creators, user.bot: 50}})
    await user.send(room, text("!topic Seedlings of the year"))
    await user.expect("set the topic", lambda event, content: content.get("topic") == "Seedlings of the year")
    await user.client.room_redact(room, question)
    await user.expect("redacted its answer", lambda event, _: event["type"] == "m.room.redaction" and answer["event_id"] in (
        event.get("redacts"), event["content"].get("redacts")))


async def run(user):
    await user.start()
    for room_version in ["11", "12"]:
        await talk(user, room_version)
    await user.client.close()


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    asyncio.run(run(User(*sys.argv[1:])))


if __name__ == "__main__":
    main()
