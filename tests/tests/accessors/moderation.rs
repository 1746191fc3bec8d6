//! Server access control lists (<https://spec.matrix.org/latest/client-server-api/#mroomserver_acl>), policy rules
//! (<https://spec.matrix.org/latest/client-server-api/#moderation-policy-lists>) and blocked invites.

use matrix_events::invite_permission_config::InvitePermissionConfigEventContent;
use matrix_events::policy::rule::room::PolicyRuleRoomEventContent;
use matrix_events::policy::rule::server::PolicyRuleServerEventContent;
use matrix_events::policy::rule::user::PolicyRuleUserEventContent;
use matrix_events::room::server_acl::RoomServerAclEventContent;
use matrix_events::ServerName;
use serde_json::{json, Value};
use spec_tests::events::round_trip;

#[test]
fn first_matching_rule_decides() {
    let without_ip = json!({"allow": ["*"], "allow_ip_literals": false});
    for (acl, server, expected) in [
        (json!({}), "example.org", false),
        (json!({"allow": []}), "example.org", false),
        (json!({"allow": ["*"]}), "example.org", true),
        (json!({"allow": ["*"], "deny": ["*"]}), "example.org", false),
        (json!({"allow": ["example.org"], "deny": ["example.org"]}), "example.org", false),
        (json!({"allow": ["*"], "deny": ["evil.example"]}), "evil.example:8448", false),
        (json!({"allow": ["*"], "deny": ["evil.example"]}), "mail.evil.example", true),
        (json!({"allow": ["*"], "deny": ["*.evil.example"]}), "evil.example", true),
        (json!({"allow": ["*"], "deny": ["*.EVIL.example"]}), "Mail.evil.Example", false),
        (json!({"allow": ["?.example.org"]}), "a.example.org:1", true),
        (json!({"allow": ["?.example.org"]}), "ab.example.org", false),
        // A pattern with a port matches nothing, because the port of the server is left out.
        (json!({"allow": ["*"], "deny": ["evil.example:8448"]}), "evil.example:8448", true),
        (without_ip.clone(), "example.org", true),
        (without_ip.clone(), "192.0.2.1", false),
        (without_ip.clone(), "192.0.2.1:8448", false),
        (without_ip.clone(), "[2001:db8::1]", false),
        (without_ip.clone(), "[2001:db8::1]:8448", false),
        (without_ip, "192.0.2.1.example.org", true),
        (json!({"allow": ["*"], "allow_ip_literals": "false"}), "192.0.2.1", true),
        (json!({"allow": ["*"], "allow_ip_literals": null}), "192.0.2.1", true),
        (json!({"allow": ["*"], "deny": ["192.0.2.*"]}), "192.0.2.1:1", false),
        (json!({"allow": ["*"], "deny": ["[2001:db8::*]"]}), "[2001:db8::1]:1", false),
        // An invalid list is an empty list, and an invalid element has no effect.
        (json!({"allow": "*"}), "example.org", false),
        (json!({"allow": ["*"], "deny": [7, "example.org", null]}), "example.org", false),
        (json!({"allow": [{}, "*"]}), "example.org", true),
    ] {
        let content: RoomServerAclEventContent = round_trip(&acl);
        assert_eq!(content.is_allowed(&ServerName::new(server)), expected, "{acl} {server}");
    }
}

#[test]
fn hostile_acl_takes_no_exponential_time() {
    let pattern = "*a".repeat(100) + "b";
    let content: RoomServerAclEventContent = round_trip(&json!({"allow": ["*"], "deny": vec![pattern; 100]}));
    assert!(content.is_allowed(&ServerName::new("a".repeat(255))));
}

#[test]
fn policy_rule_matches_entities() {
    for (entity, other, expected) in [
        (json!("@spam*:evil.example"), "@spam1:evil.example", true),
        (json!("@spam*:evil.example"), "@spam1:evil.example.org", false),
        (json!("@spam:evil.example"), "@SPAM:evil.example", false),
        (json!("*"), "anything", true),
        (json!("!?:evil.example"), "!a:evil.example", true),
        (json!(7), "7", false),
        (Value::Null, "", false),
    ] {
        let rule = json!({"entity": entity, "recommendation": "m.ban", "reason": "spam"});
        let matches = [
            round_trip::<PolicyRuleUserEventContent>(&rule).matches(other),
            round_trip::<PolicyRuleRoomEventContent>(&rule).matches(other),
            round_trip::<PolicyRuleServerEventContent>(&rule).matches(other),
        ];
        assert_eq!(matches, [expected; 3], "{rule} {other}");
    }
    assert!(!PolicyRuleUserEventContent::default().matches("@spam:evil.example"));
}

/// <https://spec.matrix.org/latest/client-server-api/#invite-permission>
#[test]
fn invites_are_blocked_by_the_default_action() {
    for (content, expected) in [
        (json!({}), false),
        (json!({"default_action": "block"}), true),
        (json!({"default_action": "org.example.review"}), false),
        (json!({"default_action": true}), false),
        (json!({"default_action": null, "block_all": true}), true),
        (json!({"block_all": false}), false),
    ] {
        assert_eq!(round_trip::<InvitePermissionConfigEventContent>(&content).blocks_invites(), expected, "{content}");
    }
}

/// <https://github.com/matrix-org/matrix-spec-proposals/pull/4293>
#[cfg(feature = "unstable")]
#[test]
fn kicks_and_bans_redact_events() {
    use matrix_events::room::member::RoomMemberEventContent;
    use matrix_events::StateEvent;
    use spec_tests::events::state_event;

    for (state_key, content, expected) in [
        ("@spam:evil.example", json!({"membership": "ban", "redact_events": true}), true),
        ("@spam:evil.example", json!({"membership": "leave", "org.matrix.msc4293.redact_events": true}), true),
        ("@spam:evil.example", json!({"membership": "ban", "redact_events": false}), false),
        ("@spam:evil.example", json!({"membership": "ban", "redact_events": "true"}), false),
        ("@spam:evil.example", json!({"membership": "ban"}), false),
        ("@spam:evil.example", json!({"membership": "invite", "redact_events": true}), false),
        ("@mira:example.org", json!({"membership": "leave", "redact_events": true}), false),
    ] {
        let event = state_event("m.room.member", state_key, &content);
        let event: StateEvent<RoomMemberEventContent> = round_trip(&event);
        assert_eq!(event.should_redact_events(), expected, "{state_key} {content}");
    }
}
