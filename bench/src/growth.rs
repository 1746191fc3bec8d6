//! Events of any size, each with one part that grows.

/// An event with a part that grows.
pub struct Growth {
    /// The name in tables.
    pub name: &'static str,
    /// The event type, and the members of the envelope that only such events have.
    head: &'static str,
    /// The content, with `…` in place of the part that grows.
    content: &'static str,
    /// The text that repeats, with `#` in place of a number.
    element: &'static str,
    separator: &'static str,
    /// The text that repeats after all elements.
    close: &'static str,
}

impl Growth {
    const fn new(name: &'static str, head: &'static str, content: &'static str, element: &'static str) -> Self {
        Self { name, head, content, element, separator: ",", close: "" }
    }

    const fn message(name: &'static str, content: &'static str, element: &'static str) -> Self {
        Self::new(name, r#""type":"m.room.message""#, content, element)
    }

    const fn without_separator(self) -> Self {
        Self { separator: "", ..self }
    }

    const fn close(self, close: &'static str) -> Self {
        Self { close, ..self }
    }

    /// Returns an event with about `size` bytes.
    #[must_use]
    pub fn event(&self, size: usize) -> String {
        let (mut part, mut count) = (String::with_capacity(size + 64), 0);
        while part.len() + count * self.close.len() < size {
            if count > 0 {
                part.push_str(self.separator);
            }
            part.push_str(&self.element.replace('#', &count.to_string()));
            count += 1;
        }
        part.push_str(&self.close.repeat(count));
        format!(
            r#"{{{},"content":{},"event_id":"$1","room_id":"!garden:example.org","sender":"@mira:example.org","origin_server_ts":1741860298455}}"#,
            self.head,
            self.content.replace('…', &part)
        )
    }
}

/// The head of a member event. Without `membership`, the event is malformed.
const MEMBER: &str = r#""type":"m.room.member","state_key":"@mira:example.org""#;

/// All events.
pub const GROWTHS: [Growth; 9] = [
    Growth::message("text", r#"{"msgtype":"m.text","body":"…"}"#, "Seedlings ").without_separator(),
    Growth::message("text with escapes", r#"{"msgtype":"m.text","body":"…"}"#, r#"Say \"hi\".\n"#).without_separator(),
    Growth::message("unknown keys", r#"{"msgtype":"m.text","body":"Hello!","org.example":1,…}"#, r##""key#":#"##),
    Growth::message(
        "mentioned users",
        r#"{"msgtype":"m.text","body":"Hello!","m.mentions":{"user_ids":[…]}}"#,
        r##""@user-#:example.org""##,
    ),
    Growth::message("invalid elements", r#"{"msgtype":"m.text","body":"Hello!","m.mentions":{"user_ids":[…]}}"#, "#"),
    Growth::new(
        "levels of users",
        r#""type":"m.room.power_levels","state_key":"""#,
        r#"{"users":{…}}"#,
        r##""@user-#:example.org":#"##,
    ),
    Growth::message("nested arrays", r#"{"msgtype":"m.text","body":"Hello!","org.example":…}"#, "[")
        .without_separator()
        .close("]"),
    Growth::new("malformed, with a text", MEMBER, r#"{"displayname":"…"}"#, "Seedlings ").without_separator(),
    Growth::new("malformed, with unknown keys", MEMBER, r#"{…}"#, r##""key#":#"##),
];

#[cfg(test)]
mod tests {
    use matrix_events::{from_str, to_string, AnyTimelineEvent};

    use super::GROWTHS;

    #[test]
    fn growing_event_has_its_size_and_round_trips() {
        for growth in GROWTHS {
            for size in [100, 10_000] {
                let json = growth.event(size);
                assert!((size..size + 400).contains(&json.len()), "{}: {}", growth.name, json.len());
                let event: AnyTimelineEvent = from_str(&json).unwrap();
                let is_malformed = matches!(event, AnyTimelineEvent::Malformed(_));
                assert_eq!(is_malformed, growth.name.starts_with("malformed"), "{}: {event:?}", growth.name);
                assert_eq!(to_string(&event).len(), json.len(), "{}", growth.name);
            }
        }
    }
}
