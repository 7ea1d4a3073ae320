"""Every row of the mission, S1 to S30, works in the product. Each test names its row."""

import pytest

from legwise.base.urgency import Urgency
from legwise.knowledge import open_knowledge
from legwise.reasoning import assess
from legwise.reasoning.model import base_rates
from legwise.reasoning.rates import age_band
from people import NIGHT_CRAMP, interview

KNOWLEDGE = open_knowledge()


def result_of(**truth):
    """The assessment of a finished interview with someone who has a night cramp, and what differs."""
    return assess(KNOWLEDGE, interview(KNOWLEDGE, {**NIGHT_CRAMP, **truth}).answers)


def test_s1_a_night_cramp_is_recognised_and_relief_is_offered():
    """S1: sudden, out of sleep, bad, sore after: named, explained, with relief."""
    result = result_of()

    assert result.causes[0].id == "nocturnal_leg_cramps"
    assert result.causes[0].plain_words.sources
    assert {"relief"} <= {KNOWLEDGE.measures[key].kind for key in result.measures}


def test_s2_age_changes_the_base_rates():
    """S2: night cramps are brought to care more often with age, and the result says so."""
    rows = sorted(KNOWLEDGE.conditions)
    row = rows.index("nocturnal_leg_cramps")

    assert base_rates(KNOWLEDGE, age_band(75))[row] > base_rates(KNOWLEDGE, age_band(25))[row]
    assert result_of(age=82.0).age_says


def test_s3_every_result_answers_three_questions():
    """S3: likely cause, anything serious, any medicine to ask about."""
    three = result_of().three_answers

    assert all((three.likely_cause, three.serious, three.medicine))


def test_s4_cramp_is_told_from_ache():
    """S4: a cramp is called a cramp, with the answers that decided it."""
    pain = result_of().pain

    assert pain.kinds == ("cramp",)
    assert pain.decided_by


@pytest.mark.parametrize(
    ("row", "conditions"),
    [
        ("S5", ["calf_strain"]),
        ("S6", ["stress_fracture"]),
        ("S7", ["achilles_tendinopathy", "patellar_tendinopathy", "plantar_fasciitis"]),
        ("S8", ["peripheral_artery_disease", "critical_limb_ischaemia", "acute_limb_ischaemia"]),
        ("S9", ["deep_vein_thrombosis", "pulmonary_embolism", "superficial_thrombophlebitis"]),
        ("S10", ["osteomyelitis", "cellulitis", "necrotising_infection", "septic_arthritis"]),
        ("S11", ["osteoarthritis_knee", "osteoarthritis_hip", "inflammatory_arthritis"]),
        ("S12", ["gout"]),
        ("S13", ["dehydration_heat_cramp"]),
        ("S14", ["exercise_cramp"]),
        ("S15", ["electrolyte_cramp"]),
    ],
)
def test_s5_to_s15_the_causes_are_there(row, conditions):
    """S5 to S15: each cause has care, sources, an urgency with its reason, and cases of its own."""
    for key in conditions:
        condition = KNOWLEDGE.conditions[key]

        assert condition.what_to_do, row
        assert condition.usual_urgency_because, row
        assert {"typical", "look_alike"} <= {case.kind for case in condition.cases}, row


def test_s16_statins_and_water_tablets_are_asked_about_and_never_stopped():
    """S16: the medicine is named with figures; nobody is told to stop it alone."""
    result = result_of(takes_statin="yes", takes_diuretic="yes", takes_diuretic_or_potassium_drug="yes")
    said = " ".join(statement.text for medicine in result.medicines for statement in medicine.do)

    assert {"statins", "diuretics"} <= {medicine.id for medicine in result.medicines}
    assert "Do not stop" in said


@pytest.mark.parametrize("row", ["S17", "S18", "S19", "S20", "S21", "S22", "S23", "S24"])
def test_s17_to_s24_relief_and_prevention(row):
    """S17 to S24: a measure with steps, evidence and its sources carries each row."""
    measures = [measure for measure in KNOWLEDGE.measures.values() if row in measure.mission]

    assert measures
    assert all(measure.steps and measure.evidence for measure in measures)


@pytest.mark.parametrize("row", ["S19", "S20", "S21"])
def test_s19_to_s21_say_who_must_not(row):
    """S19, S20, S21: fall, burn and fluid safety are told."""
    assert all(measure.who_must_not for measure in KNOWLEDGE.measures.values() if row in measure.mission)


def test_s24_the_bedtime_stretch_has_a_dose():
    """S24: hold, repeats and weeks are given."""
    measure = KNOWLEDGE.measures["stretch_before_bed"]

    assert measure.dose
    assert any(step.hold_seconds for step in measure.steps)


@pytest.mark.parametrize(
    ("row", "sign", "least"),
    [
        ("S25", {"muscle_locked_over_10_min": "yes"}, Urgency.URGENT),
        ("S26", {"toxin_24h": "yes"}, Urgency.EMERGENCY),
        ("S27", {"sleep_disturbed_often": "yes"}, Urgency.ROUTINE),
        ("S28", {"weakness_slow": "yes"}, Urgency.SOON),
        ("S28 faster", {"weakness_rapid_both": "yes"}, Urgency.EMERGENCY),
    ],
)
def test_s25_to_s28_when_to_be_seen(row, sign, least):
    """S25 to S28: who is sent to care, and how soon."""
    assert Urgency.from_label(result_of(**sign).urgency) >= least, row


def test_s29_every_statement_has_a_source_that_can_be_found():
    """S29: whatever a result says names its file, and a source with a link and what was read of it."""
    result = result_of(takes_statin="yes")
    statements = [s for cause in result.causes for s in (cause.plain_words, *cause.what_to_do, *cause.come_back_when)]

    assert statements
    for statement in statements:
        assert statement.file.endswith(".yaml")
        assert statement.sources
        assert all(result.sources[key].link and result.sources[key].read for key in statement.sources)


def test_s30_a_result_says_who_wrote_it_and_who_has_not_checked_it():
    """S30: written by, checked by nobody yet, not certified, not reviewed."""
    result = result_of()

    assert result.stamp.written_by == "Legwise contributors"
    assert result.stamp.checked_by == "nobody yet"
    assert any("not certified" in notice for notice in result.notices)
    assert any("not been reviewed" in notice for notice in result.notices)
