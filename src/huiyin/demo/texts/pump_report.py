"""The 8D report on pumps that become loud, written in English for its customer."""

from __future__ import annotations

from huiyin.demo.texts.report_texts import CandidateAction, CheckedPlace, InterimAction, ReportTexts, Why

PUMP = ReportTexts(
    "en",
    "Pump noise and loss of flow after 200 hours",
    ("WSB", "WSP"),
    ("noise", "performance", "wear"),
    "function",
    "production",
    fields={
        "symptom": "{model} became loud (84 dB(A), new: 71) after about 200 hours and delivers 12 % less; batch {batch}.",
        "emergency": "Two tested pumps sent by air; customer asked to stop the two machines concerned.",
        "what": "Whining noise and 12 % loss of flow at 210 bar.",
        "where": "At the inlet side of the cartridge; the pressure plate is pitted.",
        "when": "After 180 to 220 hours of service; new pumps are within specification.",
        "who": "Customer's service team, {who}.",
        "why": "The boom moves too slowly and the driver's cab is too loud to work in.",
        "how": "Sound level meter and flow meter at the test port.",
        "how_many": "2 of 6 pumps in the field.",
        "statement": "{model}, batch {batch}: cavitation at the inlet, noise +13 dB(A) and flow -12 % after 200 hours.",
        "containment": "All pumps of the batch in stock and in assembly checked for inlet edge radius; suspect ones reworked.",
        "containment_proof": "Replacement pumps run 60 hours at the customer at 72 dB(A).",
        "clean_point": "Serial numbers from …0415 on, blue dot beside the name plate.",
        "occurrence": "The inlet edge was left sharp after the deburring brush had worn out.",
        "escape": "The radius is on the drawing but was never measured.",
        "choice": "A formed cutter gives the radius without depending on the brush; a go/no-go gauge catches what is left.",
        "implementation": "Formed cutter on both machining centres since Monday; gauge at the washing station.",
    },
    team=(
        ("quality", "leader", "runs the analysis, speaks to the customer"),
        ("technical", "expert", "inlet flow"),
        ("production", "member", "machining trials"),
    ),
    contrasts=(
        (
            "what",
            "inlet side pitted",
            "outlet side clean",
            "only the inlet sees low pressure",
            "brush supplier changed in spring",
        ),
        ("when", "after about 200 hours", "not on the test stand", "pitting takes time", "—"),
        ("how_big", "2 of 6", "0 of 40 of the batch before", "brush worn gradually", "—"),
    ),
    places=(
        CheckedPlace(
            "shop-floor",
            "pump assembly, cell 2",
            14,
            reworked=5,
            method="radius gauge R0.8 at the inlet edge",
            who="Peng Dayong",
        ),
        CheckedPlace(
            "finished",
            "finished goods, aisle 7",
            22,
            reworked=8,
            scrapped=1,
            method="radius gauge R0.8 at the inlet edge",
            who="Qiu Changqing",
        ),
    ),
    interim=(
        InterimAction(
            "Every inlet edge checked by gauge and finished by hand", "production", "inspection log, 50 housings"
        ),
    ),
    whys=(
        Why(
            "o1",
            "occurrence",
            "Cavitation at the inlet pits the pressure plate",
            bone="",
            evidence="pitting under the microscope, inlet side only",
        ),
        Why(
            "o2",
            "occurrence",
            "Flow separates at a sharp inlet edge",
            "o1",
            "machine",
            "edge radius 0.1 mm, drawing 0.8 mm",
        ),
        Why(
            "o3", "occurrence", "The deburring brush no longer reaches the edge", "o2", "machine", "bristles 9 mm short"
        ),
        Why(
            "o4",
            "occurrence",
            "Nobody changes the brush: its life is not laid down",
            "o3",
            "method",
            "no entry in the maintenance plan",
            is_root=True,
            method="housings finished with a worn and with a new brush, 60 h on the endurance stand",
            on="worn brush: 82 dB(A)",
            off="new brush: 71 dB(A)",
        ),
        Why(
            "e1",
            "escape",
            "The edge radius is not inspected: the control plan leaves it out",
            bone="measurement",
            evidence="control plan CP-PB-01 A/4",
            is_root=True,
            method="ten housings passed by final inspection, measured by gauge",
            on="without gauge: 10 of 10 passed",
            off="with gauge: 4 of 10 rejected",
        ),
    ),
    candidates=(
        CandidateAction(
            "o4",
            "Cut the radius with a formed cutter in the same clamping",
            "production",
            3,
            "independent of wear",
            "cutter 260 EUR, 8 s more",
            proof="first article report",
        ),
        CandidateAction(
            "e1",
            "Go/no-go gauge R0.8 at the washing station, every housing",
            "quality",
            3,
            "finds every sharp edge",
            "6 s a part",
            proof="gauge calibration sheet",
        ),
        CandidateAction(
            "o4", "Change the brush every month", cons="still depends on discipline", pros="cheap", chosen=False
        ),
    ),
    effect=("Sound level after 60 h on the endurance stand", "82 dB(A)", "at most 73 dB(A)"),
    contained="Stock and assembly checked, replacements at the customer",
    analysed="Both roots proven by on/off tests",
    chosen="Formed cutter plus gauge",
    implemented="Both in force; effect window is running",
)
