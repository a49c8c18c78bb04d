"""The 8D report on ports with an oversize thread, in English; its actions are chosen and under way."""

from __future__ import annotations

from huiyin.demo.texts.report_texts import CandidateAction, CheckedPlace, InterimAction, ReportTexts, Why

THREAD = ReportTexts(
    "en",
    "Port thread oversize, fitting cannot be tightened",
    ("WSF", "WSJ", "WSG", "WSB"),
    ("dimension", "leakage"),
    "function",
    "production",
    fields={
        "symptom": "Fittings turn through in the port of {model} before the torque is reached; batch {batch}.",
        "emergency": "Customer blocks the batch; six parts checked by thread gauge leave today by courier.",
        "team_goal": "No oversize thread leaves the works from next week on; customer's stock exchanged within ten days.",
        "what": "Thread M18×1.5 in the P port oversize: the no-go gauge goes in.",
        "where": "P port only; T, A and B are good.",
        "when": "Found at assembly, before any pressure was applied.",
        "who": "Customer's assembly line, {who}.",
        "why": "A fitting that cannot be tightened leaks oil under pressure.",
        "how": "Thread plug gauge 6H, no-go side.",
        "how_many": "9 of 60 pieces.",
        "statement": "{model}, batch {batch}: P port thread oversize, no-go gauge enters in 9 of 60.",
        "containment": "Every port in stock and in assembly checked with the no-go gauge.",
        "containment_proof": "Checked parts assembled at the customer, 24 of 24 reach the torque.",
        "clean_point": "Parts with a green dot beside the P port.",
        "occurrence": "The tap wobbles: its holder was changed without measuring the run-out.",
        "escape": "The no-go gauge is used on the first part of a shift only.",
        "choice": "A run-out limit at each change of holder removes the cause; gauging every port holds until it is proven.",
    },
    team=(
        ("quality", "leader", "runs the analysis, speaks to the customer"),
        ("mazhenhua", "member", "machining trials"),
        ("technical", "expert", "thread and torque"),
    ),
    contrasts=(
        ("where", "P port", "T, A and B ports", "the P port has a tool of its own", "holder changed on the 4th"),
        ("when", "second shift", "first shift", "gauge used at the start of the first shift only", "—"),
    ),
    places=(
        CheckedPlace(
            "shop-floor",
            "machining cell 4",
            31,
            reworked=0,
            scrapped=5,
            method="no-go gauge, every port",
            who="Ma Zhenhua",
        ),
        CheckedPlace(
            "finished",
            "finished goods, aisle 3",
            44,
            scrapped=6,
            held=2,
            method="no-go gauge, every port",
            who="Qiu Changqing",
        ),
    ),
    interim=(
        InterimAction(
            "Every P port gauged after machining, record kept per tray", "production", "gauge records, 90 ports"
        ),
    ),
    whys=(
        Why(
            "o1", "occurrence", "The tap cuts oversize", evidence="pitch diameter 0.06 mm above the limit, out of round"
        ),
        Why(
            "o2",
            "occurrence",
            "The tap runs out by 0.11 mm in its holder",
            "o1",
            "machine",
            "dial gauge at the tap shank",
        ),
        Why(
            "o3",
            "occurrence",
            "Nothing says that run-out is measured when a holder is changed",
            "o2",
            "method",
            "set-up sheet SU-12 has no such line",
            is_root=True,
            method="twenty ports cut with the old and the new holder",
            on="run-out 0.11 mm: 3 of 20 oversize",
            off="run-out 0.02 mm: 0 of 20 oversize",
        ),
        Why(
            "e1",
            "escape",
            "The no-go gauge is asked for once a shift, the holder was changed in between",
            bone="measurement",
            evidence="control plan CP-VL-04, line 7",
            is_root=True,
            method="sixty ports gauged by plan and one by one",
            on="by plan: 1 of 60 gauged, passed",
            off="one by one: 9 of 60 rejected",
        ),
    ),
    candidates=(
        CandidateAction(
            "o3",
            "Measure run-out at each change of holder, limit 0.03 mm, on the set-up sheet",
            "mazhenhua",
            5,
            "removes the cause",
            "4 minutes a change",
            proof="set-up sheet SU-12 B",
        ),
        CandidateAction(
            "e1",
            "No-go gauge on every P port until three batches are good, then on the first after each tool change",
            "quality",
            5,
            "finds each one",
            "5 s a part",
            proof="control plan CP-VL-04 C",
        ),
        CandidateAction(
            "o3", "Buy a machine that measures by itself", pros="no discipline needed", cons="a year away", chosen=False
        ),
    ),
    effect=("Share of P ports in which the no-go gauge enters", "15 %", "0 of 300"),
    contained="Stock and assembly gauged, customer supplied with checked parts",
    analysed="Both roots proven by on/off tests",
    chosen="Run-out limit and full gauging, both from Monday",
)
