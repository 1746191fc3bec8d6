//! The sources of media files.

use crate::room::message::{
    AudioMessageEventContent, FileInfo, FileMessageEventContent, ImageMessageEventContent, LocationInfo, VideoInfo,
    VideoMessageEventContent,
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
