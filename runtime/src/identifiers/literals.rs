//! Macros that create identifiers from literals. The compiler rejects an invalid literal.

/// Creates an identifier from a constant text, which the compiler validates.
#[doc(hidden)]
#[macro_export]
macro_rules! __literal {
    ($name:ident, $text:expr) => {{
        const TEXT: &str = $text;
        const _: () = match $crate::identifiers::$name::validate(TEXT) {
            ::core::result::Result::Ok(()) => (),
            ::core::result::Result::Err(error) => ::core::panic!("{}", error.message().as_str()),
        };
        $crate::identifiers::$name::new(TEXT)
    }};
}

/// Creates a [`UserId`](crate::UserId) from a string constant. An invalid user ID does not compile.
///
/// ```
/// use matrix_events::user_id;
///
/// assert_eq!(user_id!("@alice:example.org").localpart(), Some("alice"));
/// ```
///
/// The compiler reports the error in the text, such as ``invalid user ID: expected `@` at the start``:
///
/// ```compile_fail,E0080
/// matrix_events::user_id!("alice:example.org");
/// ```
#[macro_export]
macro_rules! user_id {
    ($text:expr) => {
        $crate::__literal!(UserId, $text)
    };
}

/// Creates a [`RoomId`](crate::RoomId) from a string constant. An invalid room ID does not compile.
///
/// ```
/// use matrix_events::room_id;
///
/// assert_eq!(room_id!("!n8f893n9:example.org"), "!n8f893n9:example.org");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::room_id!("#n8f893n9:example.org");
/// ```
#[macro_export]
macro_rules! room_id {
    ($text:expr) => {
        $crate::__literal!(RoomId, $text)
    };
}

/// Creates an [`EventId`](crate::EventId) from a string constant. An invalid event ID does not compile.
///
/// ```
/// use matrix_events::event_id;
///
/// assert_eq!(event_id!("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg"), "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::event_id!("Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg");
/// ```
#[macro_export]
macro_rules! event_id {
    ($text:expr) => {
        $crate::__literal!(EventId, $text)
    };
}

/// Creates a [`RoomAliasId`](crate::RoomAliasId) from a string constant. An invalid room alias does not compile.
///
/// ```
/// use matrix_events::room_alias_id;
///
/// assert_eq!(room_alias_id!("#kitchen:example.org"), "#kitchen:example.org");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::room_alias_id!("#kitchen");
/// ```
#[macro_export]
macro_rules! room_alias_id {
    ($text:expr) => {
        $crate::__literal!(RoomAliasId, $text)
    };
}

/// Creates a [`RoomOrAliasId`](crate::RoomOrAliasId) from a string constant. An invalid room ID or alias does not compile.
///
/// ```
/// use matrix_events::room_or_alias_id;
///
/// assert_eq!(room_or_alias_id!("#kitchen:example.org"), "#kitchen:example.org");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::room_or_alias_id!("@alice:example.org");
/// ```
#[macro_export]
macro_rules! room_or_alias_id {
    ($text:expr) => {
        $crate::__literal!(RoomOrAliasId, $text)
    };
}

/// Creates a [`ServerName`](crate::ServerName) from a string constant. An invalid server name does not compile.
///
/// ```
/// use matrix_events::server_name;
///
/// assert_eq!(server_name!("[2001:db8::1]:8448"), "[2001:db8::1]:8448");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::server_name!("[2001:db8:::1]:8448");
/// ```
#[macro_export]
macro_rules! server_name {
    ($text:expr) => {
        $crate::__literal!(ServerName, $text)
    };
}

/// Creates an [`MxcUri`](crate::MxcUri) from a string constant. An invalid mxc:// URI does not compile.
///
/// ```
/// use matrix_events::mxc_uri;
///
/// assert_eq!(mxc_uri!("mxc://example.org/SEsfnsuifSDFSSEF"), "mxc://example.org/SEsfnsuifSDFSSEF");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::mxc_uri!("mxc://example.org/../etc/passwd");
/// ```
#[macro_export]
macro_rules! mxc_uri {
    ($text:expr) => {
        $crate::__literal!(MxcUri, $text)
    };
}

/// Creates a [`VoipId`](crate::VoipId) from a string constant. An invalid VoIP ID does not compile.
///
/// ```
/// use matrix_events::voip_id;
///
/// assert_eq!(voip_id!("c1725450000~7"), "c1725450000~7");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::voip_id!("call 7");
/// ```
#[macro_export]
macro_rules! voip_id {
    ($text:expr) => {
        $crate::__literal!(VoipId, $text)
    };
}

/// Creates a [`KeyId`](crate::KeyId) from a string constant. An invalid key ID does not compile.
///
/// ```
/// use matrix_events::key_id;
///
/// assert_eq!(key_id!("ed25519:JLAFKJWSCS"), "ed25519:JLAFKJWSCS");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::key_id!("JLAFKJWSCS");
/// ```
#[macro_export]
macro_rules! key_id {
    ($text:expr) => {
        $crate::__literal!(KeyId, $text)
    };
}

/// Creates a [`ServerSigningKeyId`](crate::ServerSigningKeyId) from a string constant. An invalid server signing key ID does not compile.
///
/// ```
/// use matrix_events::server_signing_key_id;
///
/// assert_eq!(server_signing_key_id!("ed25519:auto_2"), "ed25519:auto_2");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::server_signing_key_id!("ed25519:auto-2");
/// ```
#[macro_export]
macro_rules! server_signing_key_id {
    ($text:expr) => {
        $crate::__literal!(ServerSigningKeyId, $text)
    };
}

/// Creates a [`RoomVersionId`](crate::RoomVersionId) from a string constant. An invalid room version does not compile.
///
/// ```
/// use matrix_events::room_version_id;
///
/// assert_eq!(room_version_id!("12"), "12");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::room_version_id!("Version 12");
/// ```
#[macro_export]
macro_rules! room_version_id {
    ($text:expr) => {
        $crate::__literal!(RoomVersionId, $text)
    };
}

/// Creates a [`SpaceChildOrder`](crate::SpaceChildOrder) from a string constant. An invalid space child order does not compile.
///
/// ```
/// use matrix_events::space_child_order;
///
/// assert_eq!(space_child_order!("aaaa"), "aaaa");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::space_child_order!("Réunion");
/// ```
#[macro_export]
macro_rules! space_child_order {
    ($text:expr) => {
        $crate::__literal!(SpaceChildOrder, $text)
    };
}

/// Creates an [`UnpaddedBase64`](crate::UnpaddedBase64) from a string constant. Invalid unpadded base64 does not compile.
///
/// ```
/// use matrix_events::unpadded_base64;
///
/// assert_eq!(unpadded_base64!("Zm9vYmE"), "Zm9vYmE");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::unpadded_base64!("Zm9vYmE=");
/// ```
#[macro_export]
macro_rules! unpadded_base64 {
    ($text:expr) => {
        $crate::__literal!(UnpaddedBase64, $text)
    };
}

/// Creates an [`UrlSafeUnpaddedBase64`](crate::UrlSafeUnpaddedBase64) from a string constant. Invalid URL-safe unpadded base64 does not compile.
///
/// ```
/// use matrix_events::url_safe_unpadded_base64;
///
/// assert_eq!(url_safe_unpadded_base64!("-_8"), "-_8");
/// ```
///
/// ```compile_fail,E0080
/// matrix_events::url_safe_unpadded_base64!("+/8");
/// ```
#[macro_export]
macro_rules! url_safe_unpadded_base64 {
    ($text:expr) => {
        $crate::__literal!(UrlSafeUnpaddedBase64, $text)
    };
}

/// Creates a [`DeviceId`](crate::DeviceId) from a string constant. Every text is a valid device ID.
///
/// ```
/// use matrix_events::device_id;
///
/// assert_eq!(device_id!("JLAFKJWSCS"), "JLAFKJWSCS");
/// ```
#[macro_export]
macro_rules! device_id {
    ($text:expr) => {
        $crate::__literal!(DeviceId, $text)
    };
}

/// Creates a [`TransactionId`](crate::TransactionId) from a string constant. Every text is a valid transaction ID.
///
/// ```
/// use matrix_events::transaction_id;
///
/// assert_eq!(transaction_id!("m1725450000.7"), "m1725450000.7");
/// ```
#[macro_export]
macro_rules! transaction_id {
    ($text:expr) => {
        $crate::__literal!(TransactionId, $text)
    };
}

/// Creates a [`SessionId`](crate::SessionId) from a string constant. Every text is a valid session ID.
///
/// ```
/// use matrix_events::session_id;
///
/// assert_eq!(session_id!("X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ"), "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ");
/// ```
#[macro_export]
macro_rules! session_id {
    ($text:expr) => {
        $crate::__literal!(SessionId, $text)
    };
}
