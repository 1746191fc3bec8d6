//! Tests of proposals: their features, and their independence of the types of the specification.

use matrix_events::{AnySyncTimelineEvent, AnyTimelineEvent};
use matrix_events_codegen::ir::{AnyVariant, Ir, Shape};
use matrix_events_codegen::PROPOSALS;
use serde_json::{json, Value};
use spec_tests::spec::{folder, from, read_with_proposals};

fn poll() -> Value {
    json!({
        "type": "org.matrix.msc3381.poll.start", "event_id": "$Rk1V", "sender": "@mira:example.org",
        "origin_server_ts": 1_741_860_298_455_i64, "room_id": "!garden:example.org",
        "content": {"org.matrix.msc3381.poll.start": {
            "question": {"org.matrix.msc1767.text": "Which tomatoes?"}, "answers": [], "org.example.color": "red",
        }},
    })
}

#[test]
fn event_of_a_proposal_is_unknown_without_the_feature_and_lossless_with_both() {
    let event: AnyTimelineEvent = serde_json::from_value(poll()).expect("an event");
    assert_eq!(event.is_unknown(), !cfg!(feature = "unstable"));
    assert_eq!(serde_json::to_value(&event).ok(), Some(poll()));
    let without_poll =
        json!({"type": "org.matrix.msc3381.poll.start", "content": {"org.matrix.msc3381.poll.start": 7}});
    let event: AnySyncTimelineEvent = serde_json::from_value(without_poll.clone()).expect("an event");
    assert_eq!(serde_json::to_value(&event).ok(), Some(without_poll));
}

#[cfg(feature = "unstable")]
#[test]
fn content_of_a_proposal_is_created_validated_and_typed() {
    use matrix_events::poll::unstable_start::{
        UnstablePollAnswer, UnstablePollQuestion, UnstablePollStartContentBlock, UnstablePollStartEventContent,
    };
    use matrix_events::{AnyMessageLikeEventContent, EventContent, MessageLikeEventType};

    let answers = vec![UnstablePollAnswer::new("cherry", "Cherry")];
    let poll = UnstablePollStartContentBlock::new(UnstablePollQuestion::new("Which tomatoes?"), answers);
    let content = UnstablePollStartEventContent::new(poll.into());
    assert!(content.to_json_checked().is_ok());
    let content = AnyMessageLikeEventContent::from(content);
    assert_eq!(content.event_type(), MessageLikeEventType::UnstablePollStart);
    assert_eq!(content.event_type().as_str(), "org.matrix.msc3381.poll.start");
    let invalid = json!({"type": "m.poll.response", "content": {"m.selections": "cherry"}});
    assert!(!matrix_events::is_valid(&invalid));
}

#[test]
fn proposals_change_no_type_of_the_specification() {
    let mut tree = read_with_proposals(&folder("spec"));
    let mut with_proposals = from(&tree).ir;
    tree.files.retain(|file, _| !file.starts_with(PROPOSALS));
    let without = from(&tree).ir;
    remove_proposals(&mut with_proposals);
    for (path, module) in &without.modules {
        let other = with_proposals.modules.get(path).map(|module| &module.items);
        assert_eq!(other, Some(&module.items), "{}", path.join("::"));
    }
    assert_eq!(with_proposals.events, without.events);
    assert_eq!(with_proposals.any, without.any);
    assert_eq!(with_proposals.contents, without.contents);
}

/// Removes everything that requires the feature of a proposal.
fn remove_proposals(ir: &mut Ir) {
    for module in ir.modules.values_mut() {
        module.items.retain(|item| item.proposal().is_none());
        for item in &mut module.items {
            match &mut item.shape {
                Shape::Struct(shape) => shape.fields.retain(|field| field.docs.proposal.is_none()),
                Shape::Tagged(tagged) => tagged.variants.retain(|variant| variant.docs.proposal.is_none()),
                _ => {}
            }
        }
    }
    ir.events.retain(|event| event.proposal().is_none());
    let is_kept = |variant: &AnyVariant| variant.proposal.is_none();
    ir.any.iter_mut().for_each(|any| any.variants.retain(is_kept));
    ir.contents.iter_mut().for_each(|contents| contents.variants.retain(is_kept));
}
