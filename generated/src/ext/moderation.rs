//! Rules against abuse: server access control lists, blocked invites, and redaction on a kick or a ban.

use crate::__private::glob_matches_ignoring_case;
use crate::invite_permission_config::{InvitePermissionAction, InvitePermissionConfigEventContent};
use crate::room::server_acl::RoomServerAclEventContent;
use crate::ServerName;

impl RoomServerAclEventContent {
    /// Returns `true` if a server is allowed to participate in the room, by the
    /// [rules of the event](https://spec.matrix.org/latest/client-server-api/#mroomserver_acl).
    ///
    /// The port of the server has no effect. The host of an IPv6 address has brackets. In a room without this event, every server is
    /// allowed.
    ///
    /// ```
    /// use matrix_events::room::server_acl::RoomServerAclEventContent;
    /// use matrix_events::ServerName;
    ///
    /// let acl: RoomServerAclEventContent =
    ///     serde_json::from_str(r#"{"allow": ["*"], "deny": ["*.evil.example"], "allow_ip_literals": false}"#)?;
    /// assert!(acl.is_allowed(&ServerName::new("garden.example:8448")));
    /// assert!(!acl.is_allowed(&ServerName::new("Mail.evil.example:8448")));
    /// assert!(!acl.is_allowed(&ServerName::new("[2001:db8::1]")));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn is_allowed(&self, server_name: &ServerName) -> bool {
        let host = server_name.host();
        let is_in = |patterns: &Option<Vec<String>>| {
            patterns.iter().flatten().any(|pattern| glob_matches_ignoring_case(pattern, host))
        };
        let is_denied_literal = !self.effective_allow_ip_literals() && server_name.is_ip_literal();
        !is_denied_literal && !is_in(&self.deny) && is_in(&self.allow)
    }
}

impl InvitePermissionConfigEventContent {
    /// Returns `true` if the user [rejects all invites](https://spec.matrix.org/latest/client-server-api/#invite-permission). Since v1.18.
    ///
    /// This is the case if `default_action` is `block`, or if `block_all` of the unstable event type is `true`.
    ///
    /// ```
    /// use matrix_events::invite_permission_config::InvitePermissionConfigEventContent;
    ///
    /// let config: InvitePermissionConfigEventContent = serde_json::from_str(r#"{"default_action": "block"}"#)?;
    /// assert!(config.blocks_invites() && !InvitePermissionConfigEventContent::new().blocks_invites());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn blocks_invites(&self) -> bool {
        self.default_action == Some(InvitePermissionAction::Block) || self.block_all == Some(true)
    }
}
