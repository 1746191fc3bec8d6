//! The sources of media files, and messages with a media file: their constructors and captions.

use crate::room::message::{
    AudioInfo, AudioMessageEventContent, FileInfo, FileMessageEventContent, ImageMessageEventContent, LocationInfo,
    MessageFormat, VideoInfo, VideoMessageEventContent,
};
use crate::room::{EncryptedFile, ImageInfo};
use crate::sticker::StickerEventContent;
use crate::MxcUri;

/// The source of a media file, which is either plain or [encrypted](https://spec.matrix.org/latest/client-server-api/#sending-encrypted-attachments).
///
/// A plain file is in a field such as `url`, and an encrypted file in a field such as `file`.
///
/// ```
/// use matrix_events::room::message::ImageMessageEventContent;
/// use matrix_events::MediaSource;
///
/// let source = MediaSource::from("mxc://example.org/seedlings");
/// let image = ImageMessageEventContent::new("seedlings.jpg").with_source(source.clone());
/// assert_eq!(image.url.as_ref().map(|url| url.as_str()), Some("mxc://example.org/seedlings"));
/// assert_eq!(image.source(), Some(source));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MediaSource {
    /// A plain file.
    Plain(MxcUri),
    /// An encrypted file, with the key for decrypting it.
    Encrypted(Box<EncryptedFile>),
}

impl MediaSource {
    /// Returns the URI of the file in the media repository.
    ///
    /// ```
    /// use matrix_events::MediaSource;
    ///
    /// assert_eq!(MediaSource::from("mxc://example.org/a").uri().as_str(), "mxc://example.org/a");
    /// ```
    pub fn uri(&self) -> &MxcUri {
        match self {
            Self::Plain(uri) => uri,
            Self::Encrypted(file) => &file.url,
        }
    }

    /// Returns the source that two fields contain. An encrypted file has precedence.
    fn of(plain: Option<&MxcUri>, encrypted: Option<&EncryptedFile>) -> Option<Self> {
        let encrypted = encrypted.map(|file| Self::Encrypted(Box::new(file.clone())));
        encrypted.or_else(|| plain.cloned().map(Self::Plain))
    }

    /// Returns the values of the two fields.
    fn into_fields(self) -> (Option<MxcUri>, Option<Box<EncryptedFile>>) {
        match self {
            Self::Plain(uri) => (Some(uri), None),
            Self::Encrypted(file) => (None, Some(file)),
        }
    }
}

impl From<MxcUri> for MediaSource {
    fn from(uri: MxcUri) -> Self {
        Self::Plain(uri)
    }
}

impl From<&str> for MediaSource {
    fn from(uri: &str) -> Self {
        Self::Plain(MxcUri::from(uri))
    }
}

impl From<EncryptedFile> for MediaSource {
    fn from(file: EncryptedFile) -> Self {
        Self::Encrypted(Box::new(file))
    }
}

macro_rules! sources {
    ($($of:ty: $get:ident and $set:ident of $plain:ident or $encrypted:ident, $example:literal;)*) => {$(
        impl $of {
            #[doc = concat!("Returns the source in `", stringify!($encrypted), "` or `", stringify!($plain), "`.")]
            ///
            #[doc = concat!("Returns `None` if both are absent. `", stringify!($encrypted), "` has precedence.")]
            ///
            /// ```
            #[doc = concat!("let value = matrix_events::", $example, ";")]
            #[doc = concat!("assert_eq!(value.", stringify!($get), "(), None);")]
            /// ```
            pub fn $get(&self) -> Option<MediaSource> {
                MediaSource::of(self.$plain.as_ref(), self.$encrypted.as_deref())
            }

            #[doc = concat!("Sets `", stringify!($plain), "` or `", stringify!($encrypted), "`, and removes the other of the two.")]
            ///
            /// ```
            /// use matrix_events::MediaSource;
            ///
            #[doc = concat!("let value = matrix_events::", $example, ".", stringify!($set), "(\"mxc://example.org/a\");")]
            #[doc = concat!("assert_eq!(value.", stringify!($get), "(), Some(MediaSource::from(\"mxc://example.org/a\")));")]
            /// ```
            #[must_use]
            pub fn $set(self, source: impl Into<MediaSource>) -> Self {
                let ($plain, $encrypted) = source.into().into_fields();
                Self { $plain, $encrypted, ..self }
            }
        }
    )*};
}

sources! {
    AudioMessageEventContent: source and with_source of url or file, "room::message::AudioMessageEventContent::new(\"a\")";
    FileMessageEventContent: source and with_source of url or file, "room::message::FileMessageEventContent::new(\"a\")";
    ImageMessageEventContent: source and with_source of url or file, "room::message::ImageMessageEventContent::new(\"a\")";
    VideoMessageEventContent: source and with_source of url or file, "room::message::VideoMessageEventContent::new(\"a\")";
    StickerEventContent: source and with_source of url or file,
        "from_str::<matrix_events::sticker::StickerEventContent>(r#\"{\"body\": \"a\"}\"#).unwrap()";
    ImageInfo: thumbnail_source and with_thumbnail_source of thumbnail_url or thumbnail_file, "room::ImageInfo::new()";
    FileInfo: thumbnail_source and with_thumbnail_source of thumbnail_url or thumbnail_file, "room::message::FileInfo::new()";
    LocationInfo: thumbnail_source and with_thumbnail_source of thumbnail_url or thumbnail_file,
        "room::message::LocationInfo::new()";
    VideoInfo: thumbnail_source and with_thumbnail_source of thumbnail_url or thumbnail_file, "room::message::VideoInfo::new()";
}

macro_rules! messages {
    ($($content:ident with $info:ty, $path:literal and $metadata:literal, $msgtype:literal;)*) => {$(
        impl $content {
            #[doc = concat!("Creates an `", $msgtype, "` message with a file that is not encrypted.")]
            ///
            /// `body` is the name of the file. [`with_caption`](Self::with_caption) adds a caption.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\");")]
            /// assert_eq!(
            ///     matrix_events::to_string(&content),
            #[doc = concat!("    r#\"{\"msgtype\":\"", $msgtype, "\",\"body\":\"seedlings\",\"url\":\"mxc://example.org/a\"}\"#,")]
            /// );
            /// ```
            #[inline]
            #[must_use]
            pub fn plain(body: impl Into<String>, url: impl Into<MxcUri>) -> Self {
                Self { url: Some(url.into()), ..Self::new(body) }
            }

            #[doc = concat!("Creates an `", $msgtype, "` message with an [encrypted file](https://spec.matrix.org/latest/client-server-api/#sending-encrypted-attachments).")]
            ///
            /// `body` is the name of the file. [`with_caption`](Self::with_caption) adds a caption.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            /// use matrix_events::room::EncryptedFile;
            ///
            /// let file: EncryptedFile = matrix_events::from_str(
            ///     r#"{"v": "v2", "url": "mxc://example.org/a", "iv": "w+sE15fzSc0AAAAAAAAAAA",
            ///         "key": {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "ext": true,
            ///             "k": "aWF6-32KGYaC3A_FEUCk1Bt0JA37zP0wrStgmdCaW-0"},
            ///         "hashes": {"sha256": "fdSLu/YkRx3Wyh3KQabP3rd6+SFiKg5lsJZQHtkSAYA"}}"#,
            /// )?;
            #[doc = concat!("let content = ", stringify!($content), "::encrypted(\"seedlings\", file.clone());")]
            /// assert_eq!(content.source(), Some(file.into()));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            #[must_use]
            pub fn encrypted(body: impl Into<String>, file: impl Into<Box<EncryptedFile>>) -> Self {
                Self { file: Some(file.into()), ..Self::new(body) }
            }

            /// Sets `info`, the metadata of the file.
            ///
            /// ```
            #[doc = concat!("use matrix_events::", $path, $metadata, ";")]
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\").info(", $metadata, "::new());")]
            /// assert!(content.info.is_some());
            /// ```
            #[inline]
            #[must_use]
            pub fn info(self, info: impl Into<$info>) -> Self {
                Self { info: Some(info.into()), ..self }
            }

            /// Returns the name of the file, which is `filename` or `body`.
            ///
            /// Without `filename`, `body` is the name. The text can come from other users, so it is not a safe path.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\");")]
            /// assert_eq!(content.filename(), "seedlings");
            /// assert_eq!(content.with_caption("They are up!").filename(), "seedlings");
            /// ```
            #[inline]
            pub fn filename(&self) -> &str {
                self.filename.as_deref().unwrap_or(&self.body)
            }

            /// Returns the [caption](https://spec.matrix.org/latest/client-server-api/#media-captions) of the file.
            ///
            /// This is `body`, if `filename` is present and different. Otherwise, the file has no caption.
            ///
            /// Captions exist since v1.10.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\");")]
            /// assert_eq!(content.caption(), None);
            /// assert_eq!(content.with_caption("They are up!").caption(), Some("They are up!"));
            /// ```
            #[inline]
            pub fn caption(&self) -> Option<&str> {
                let has_caption = self.filename.as_ref().is_some_and(|filename| *filename != self.body);
                has_caption.then_some(self.body.as_str())
            }

            /// Returns the [caption](https://spec.matrix.org/latest/client-server-api/#media-captions) of the file as HTML.
            ///
            /// This is `formatted_body`, if the file has a caption and `format` is `org.matrix.custom.html`. The HTML is not
            /// sanitized.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\");")]
            /// assert_eq!(content.formatted_caption(), None);
            /// let content = content.with_html_caption("*Up!*", "<em>Up!</em>");
            /// assert_eq!(content.formatted_caption(), Some("<em>Up!</em>"));
            /// ```
            #[inline]
            pub fn formatted_caption(&self) -> Option<&str> {
                self.caption().filter(|_| self.format == Some(MessageFormat::Html)).and(self.formatted_body.as_deref())
            }

            /// Sets the [caption](https://spec.matrix.org/latest/client-server-api/#media-captions) of the file. The name of the
            /// file moves to `filename`.
            ///
            /// A caption that equals the name of the file is no caption.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\")")]
            ///     .with_caption("They are up!");
            /// assert_eq!((content.body.as_str(), content.filename.as_deref()), ("They are up!", Some("seedlings")));
            /// ```
            #[inline]
            #[must_use]
            pub fn with_caption(self, caption: impl Into<String>) -> Self {
                let content = self.without_caption();
                Self { filename: Some(content.body), body: caption.into(), ..content }
            }

            /// Sets the [caption](https://spec.matrix.org/latest/client-server-api/#media-captions) of the file, as text and as HTML.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\")")]
            ///     .with_html_caption("*Up!*", "<em>Up!</em>");
            /// assert_eq!((content.caption(), content.formatted_caption()), (Some("*Up!*"), Some("<em>Up!</em>")));
            /// ```
            #[inline]
            #[must_use]
            pub fn with_html_caption(self, caption: impl Into<String>, html: impl Into<String>) -> Self {
                let (format, formatted_body) = (Some(MessageFormat::Html), Some(html.into()));
                Self { format, formatted_body, ..self.with_caption(caption) }
            }

            /// Removes the [caption](https://spec.matrix.org/latest/client-server-api/#media-captions) of the file. `body` becomes
            /// the name of the file.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"seedlings\", \"mxc://example.org/a\");")]
            /// assert_eq!(content.clone().with_caption("They are up!").without_caption(), content);
            /// ```
            #[inline]
            #[must_use]
            pub fn without_caption(self) -> Self {
                let body = self.filename.unwrap_or(self.body);
                Self { body, filename: None, format: None, formatted_body: None, ..self }
            }
        }
    )*};
}

messages! {
    AudioMessageEventContent with AudioInfo, "room::message::" and "AudioInfo", "m.audio";
    FileMessageEventContent with Box<FileInfo>, "room::message::" and "FileInfo", "m.file";
    ImageMessageEventContent with Box<ImageInfo>, "room::" and "ImageInfo", "m.image";
    VideoMessageEventContent with Box<VideoInfo>, "room::message::" and "VideoInfo", "m.video";
}
