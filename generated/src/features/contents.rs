//! All contents, for what is implemented for each of them. A test holds the list against the specification.

macro_rules! for_each_content {
    ($($implement:ident)::+) => {
        $($implement)::+! {
            crate::accepted_terms::AcceptedTermsEventContent,
            crate::call::answer::CallAnswerEventContent,
            crate::call::candidates::CallCandidatesEventContent,
            crate::call::hangup::CallHangupEventContent,
            crate::call::invite::CallInviteEventContent,
            crate::call::negotiate::CallNegotiateEventContent,
            crate::call::reject::CallRejectEventContent,
            crate::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent,
            crate::call::select_answer::CallSelectAnswerEventContent,
            crate::direct::DirectEventContent,
            crate::dummy::DummyEventContent,
            crate::edu::device_list_update::DeviceListUpdateEduContent,
            crate::edu::direct_to_device::DirectToDeviceEduContent,
            crate::edu::presence::PresenceEduContent,
            crate::edu::receipt::ReceiptEduContent,
            crate::edu::signing_key_update::SigningKeyUpdateEduContent,
            crate::edu::typing::TypingEduContent,
            crate::forwarded_room_key::ForwardedRoomKeyEventContent,
            crate::fully_read::FullyReadEventContent,
            crate::identity_server::IdentityServerEventContent,
            crate::ignored_user_list::IgnoredUserListEventContent,
            crate::image_pack::rooms::ImagePackRoomsEventContent,
            crate::invite_permission_config::InvitePermissionConfigEventContent,
            crate::key::verification::accept::KeyVerificationAcceptEventContent,
            crate::key::verification::cancel::KeyVerificationCancelEventContent,
            crate::key::verification::done::KeyVerificationDoneEventContent,
            crate::key::verification::key::KeyVerificationKeyEventContent,
            crate::key::verification::mac::KeyVerificationMacEventContent,
            crate::key::verification::ready::KeyVerificationReadyEventContent,
            crate::key::verification::request::KeyVerificationRequestEventContent,
            crate::key::verification::start::KeyVerificationStartEventContent,
            crate::key::verification::start::KeyVerificationStartMReciprocateV1EventContent,
            crate::key::verification::start::KeyVerificationStartMSasV1EventContent,
            crate::key_backup::KeyBackupEventContent,
            crate::marked_unread::MarkedUnreadEventContent,
            crate::policy::rule::room::PolicyRuleRoomEventContent,
            crate::policy::rule::server::PolicyRuleServerEventContent,
            crate::policy::rule::user::PolicyRuleUserEventContent,
            crate::presence::PresenceEventContent,
            crate::push_rules::PushRulesEventContent,
            crate::reaction::ReactionEventContent,
            crate::receipt::ReceiptEventContent,
            crate::recent_emoji::RecentEmojiEventContent,
            crate::room::avatar::RoomAvatarEventContent,
            crate::room::canonical_alias::RoomCanonicalAliasEventContent,
            crate::room::create::RoomCreateEventContent,
            crate::room::encrypted::RoomEncryptedEventContent,
            crate::room::encryption::RoomEncryptionEventContent,
            crate::room::guest_access::RoomGuestAccessEventContent,
            crate::room::history_visibility::RoomHistoryVisibilityEventContent,
            crate::room::image_pack::RoomImagePackEventContent,
            crate::room::join_rules::RoomJoinRulesEventContent,
            crate::room::member::RoomMemberEventContent,
            crate::room::message::RoomMessageEventContent,
            crate::room::message::AudioMessageEventContent,
            crate::room::message::EmoteMessageEventContent,
            crate::room::message::FileMessageEventContent,
            crate::room::message::ImageMessageEventContent,
            crate::room::message::KeyVerificationRequestMessageEventContent,
            crate::room::message::LocationMessageEventContent,
            crate::room::message::NoticeMessageEventContent,
            crate::room::message::ServerNoticeMessageEventContent,
            crate::room::message::TextMessageEventContent,
            crate::room::message::VideoMessageEventContent,
            crate::room::name::RoomNameEventContent,
            crate::room::pinned_events::RoomPinnedEventsEventContent,
            crate::room::policy::RoomPolicyEventContent,
            crate::room::power_levels::RoomPowerLevelsEventContent,
            crate::room::redaction::RoomRedactionEventContent,
            crate::room::server_acl::RoomServerAclEventContent,
            crate::room::third_party_invite::RoomThirdPartyInviteEventContent,
            crate::room::tombstone::RoomTombstoneEventContent,
            crate::room::topic::RoomTopicEventContent,
            crate::room_key::RoomKeyEventContent,
            crate::room_key::withheld::RoomKeyWithheldEventContent,
            crate::room_key_bundle::RoomKeyBundleEventContent,
            crate::room_key_request::RoomKeyRequestEventContent,
            crate::secret::request::SecretRequestEventContent,
            crate::secret::send::SecretSendEventContent,
            crate::space::child::SpaceChildEventContent,
            crate::space::parent::SpaceParentEventContent,
            crate::sticker::StickerEventContent,
            crate::tag::TagEventContent,
            crate::typing::TypingEventContent,
        }
    };
}

pub(super) use for_each_content;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::schema::{edus, events};
    use crate::EventContent;

    macro_rules! names {
        ($($content:ty),+ $(,)?) => {
            [$((<$content>::SCHEMA.event.base.file, <$content>::SCHEMA.variant)),+]
        };
    }

    #[test]
    fn none_is_missing() {
        let listed = BTreeSet::from(for_each_content!(names));
        let all = events().chain(edus()).flat_map(|event| {
            let variants = event.variants.iter().map(|variant| Some(variant.value));
            variants.chain([None]).map(|variant| (event.base.file, variant))
        });
        assert_eq!(listed, all.collect());
    }
}
