//! The streams of a session description, from its `msid` attributes.
//!
//! This is deliberately not a complete SDP parser. A stricter parser would ignore streams of calls that WebRTC can set up, and
//! all streams are on `msid` lines. Of the published parsers, `webrtc-sdp` and `sdp-types` depend on procedural macros, and
//! `msf-sdp` rejects a text with an invalid line and does not support `msid`.

use std::collections::HashSet;
use std::fmt;

use super::StreamId;

/// The streams of a session description, and the tracks without a stream.
///
/// A stream is in the attribute `msid` of a media section ([RFC 8830](https://www.rfc-editor.org/rfc/rfc8830)). The line is
/// `a=msid:<stream> <track>`, or `a=ssrc:<number> msid:<stream> <track>` for one source of several. Lines end in CRLF or LF. All
/// other lines are ignored, and so is an `msid` before the first media section, where the attribute is undefined.
///
/// The direction and the port of a media section do not determine its streams. A change of direction does not end a track (RFC
/// 8830, section 3), and a section without media has no `msid`.
///
/// ```
/// use matrix_events::voip::SessionStreams;
///
/// let session = SessionStreams::read("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:8140927536 ca0e72b3\r\n\
///     m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:8140927536 9728239f\r\n\
///     m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:- c9c1b2f7\r\n");
/// assert_eq!(session.streams(), ["8140927536"]);
/// assert_eq!(session.streamless_tracks()[0].to_string(), r#"the video track "c9c1b2f7" of media section 2 belongs to no stream"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionStreams {
    streams: Vec<StreamId>,
    streamless: Vec<StreamlessTrack>,
}

/// A track that belongs to no stream. Such a track is not presented.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StreamlessTrack {
    /// The index of the media section, counted from 0 (`mlineIndex` in WebRTC).
    pub section: usize,
    /// The media type of the section, usually `audio` or `video`.
    pub media: Box<str>,
    /// The ID of the track, if the session description has one.
    pub track: Option<Box<str>>,
}

impl fmt::Display for StreamlessTrack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} track ", self.media.escape_debug())?;
        if let Some(track) = &self.track {
            write!(f, "{track:?} ")?;
        }
        write!(f, "of media section {} belongs to no stream", self.section)
    }
}

impl SessionStreams {
    /// Parses the text of a session description. Every text is valid.
    #[must_use]
    pub fn read(sdp: &str) -> Self {
        let mut reader = Reader { sends: true, ..Reader::default() };
        for line in sdp.split('\n') {
            if let Some(attribute) = line.strip_prefix("a=") {
                reader.attribute(attribute.trim_ascii_end());
            } else if let Some(media) = line.strip_prefix("m=") {
                reader.open(media);
            }
        }
        reader.close();
        reader.found
    }

    /// Returns the streams without duplicates, in the order of their first lines.
    #[must_use]
    pub fn streams(&self) -> &[StreamId] {
        &self.streams
    }

    /// Returns the tracks without a stream, in the order of their media sections.
    #[must_use]
    pub fn streamless_tracks(&self) -> &[StreamlessTrack] {
        &self.streamless
    }
}

#[derive(Default)]
struct Reader<'s> {
    found: SessionStreams,
    seen: HashSet<&'s str>,
    /// The stream of the previous `msid`. The next `msid` often has the same stream.
    last: &'s str,
    section: Option<Section<'s>>,
    sections: usize,
    /// `true` if media sections without a direction send media.
    sends: bool,
}

struct Section<'s> {
    index: usize,
    media: &'s str,
    /// `true` if the section sends media. Otherwise, the section has no track.
    sends: bool,
    /// `true` if the port is 0 and the section is not `bundle-only`, which means that the section is rejected.
    rejected: bool,
    has_msid: bool,
    streamless: HashSet<&'s str>,
}

impl<'s> Reader<'s> {
    fn open(&mut self, media: &'s str) {
        self.close();
        let mut words = media.split_ascii_whitespace();
        self.section = Some(Section {
            index: self.sections,
            media: words.next().unwrap_or_default(),
            sends: self.sends,
            rejected: words.next() == Some("0"),
            has_msid: false,
            streamless: HashSet::new(),
        });
        self.sections += 1;
    }

    fn attribute(&mut self, attribute: &'s str) {
        if let Some(value) = attribute.strip_prefix("msid:") {
            return self.msid(value);
        }
        if let Some(source) = attribute.strip_prefix("ssrc:") {
            let value =
                source.split_once(' ').and_then(|(_, of_source)| of_source.trim_ascii_start().strip_prefix("msid:"));
            return value.into_iter().for_each(|value| self.msid(value));
        }
        let sends = match (&mut self.section, attribute) {
            (Some(section), "bundle-only") => return section.rejected = false,
            (Some(section), _) => &mut section.sends,
            (None, _) => &mut self.sends,
        };
        match attribute {
            "sendrecv" | "sendonly" => *sends = true,
            "recvonly" | "inactive" => *sends = false,
            _ => {}
        }
    }

    fn msid(&mut self, value: &'s str) {
        let Some(section) = &mut self.section else { return };
        let mut words = value.split_ascii_whitespace();
        let Some(stream) = words.next() else { return };
        section.has_msid = true;
        if stream == self.last {
            return;
        }
        if stream == "-" {
            let track = words.next().unwrap_or_default();
            if section.streamless.insert(track) {
                self.found.streamless.push(section.track(track));
            }
            return;
        }
        self.last = stream;
        if self.seen.insert(stream) {
            self.found.streams.extend(StreamId::new(stream));
        }
    }

    fn close(&mut self) {
        let Some(section) = self.section.take() else { return };
        let carries_media = matches!(section.media, "audio" | "video") && section.sends && !section.rejected;
        if carries_media && !section.has_msid {
            self.found.streamless.push(section.track(""));
        }
    }
}

impl Section<'_> {
    fn track(&self, id: &str) -> StreamlessTrack {
        let track = (!id.is_empty()).then(|| id.into());
        StreamlessTrack { section: self.index, media: self.media.into(), track }
    }
}
