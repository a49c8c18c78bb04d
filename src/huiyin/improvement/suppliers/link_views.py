"""The page a supplier answers on, by a secret link and without an account; nothing but this one request is shown."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiyin.improvement.suppliers import actions, drafts
from huiyin.improvement.suppliers.forms import AnswerByLinkForm
from huiyin.improvement.suppliers.links import ANSWERABLE, request_for_secret
from huiyin.improvement.suppliers.models import SupplierDraft, SupplierRequest
from huiyin.kernel.text import t
from huiyin.people.middleware import LANGUAGE_COOKIE
from huiyin.people.models import company_name
from huiyin.people.throttle import Limit, attempt, place_of
from huiyin.procedure import versions
from huiyin.records.steps.context import StepContext, submission_token
from huiyin.records.steps.form_pages import show_refusal
from huiyin.records.steps.pages import ProcedureLabels
from huiyin.records.steps.refusals import AlreadyDone, Refused
from huiyin.ui import zone
from huiyin.ui.htmx import render

WRONG, SEEN = Limit(60, 60), Limit(120, 60)
WRITTEN = (Limit(20, 60), Limit(300, 24 * 3600))
"""How often one place may ask for links that are none, and for living ones; how often one link may be written by."""
LANGUAGES = {"zh": "zh-hans", "en": "en"}
ABROAD = t(
    "您已登录本系统。这是供方看到的页面；答复由供方填写，或在本记录里代录。",
    "You are signed in. This is what the supplier sees; "
    "the supplier answers here, or you enter the answer on the record.",
)
TOO_OFTEN = t("访问太频繁，请过一会儿再试。", "Too many attempts; please try again in a while.")
SENT_ALREADY = t(
    "答复已经提交过，或者现在不需要答复；您刚才写的没有提交，列在下面。",
    "An answer was sent already, or none is asked for now; what you just wrote was not sent and stands below.",
)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def supplier(request: Any, secret: str) -> HttpResponse:
    """The request behind a living link; a wrong and a dead link are answered alike."""
    scar = request_for_secret(secret, at=request.at)
    what, limit = ("seen", SEEN) if scar else ("wrong", WRONG)
    if not attempt(f"supplier {what}:{place_of(request)}", limit, at=request.at):
        return _too_often(request)
    if scar is None:
        raise Http404
    translation.activate(_language(request))
    zone.set_site_zone(versions.procedure_of(scar.procedure_id).zone.key)
    answer = _sent(request, scar) if request.method == "POST" else _shown(request, scar)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _too_often(request: Any) -> HttpResponse:
    context = {"reasons": [TOO_OFTEN], "typed": _typed(request), "back": request.path}
    return render(request, "ui/refusal.html", context, status=429)


def _language(request: Any) -> str:
    """As the reader chose on this page, else as their browser wishes; a colleague's own setting says nothing here."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES.values():
        return str(chosen)
    return "en" if request.headers.get("Accept-Language", "")[:100].lower().startswith("en") else "zh-hans"


def _shown(request: Any, scar: SupplierRequest) -> HttpResponse:
    if scar.state not in ANSWERABLE:
        return _read_only(request, scar)
    draft = drafts.draft_of(scar)
    form = AnswerByLinkForm(initial=_initial(scar, draft), version=draft.version if draft else 0)
    return _form_page(request, scar, form, draft)


def _initial(scar: SupplierRequest, draft: SupplierDraft | None) -> dict[str, Any]:
    """What the boxes come with: the draft, else the answer that was returned, else who was asked."""
    if draft is not None:
        return dict(draft.typed)
    last = actions.last_answer(scar)
    if last is not None:
        return {name: getattr(last, name) for name in actions.ANSWER}
    return {"name": scar.contact, "telephone": scar.telephone}


def _sent(request: Any, scar: SupplierRequest) -> HttpResponse:
    wish = LANGUAGES.get(request.POST.get("go", ""))
    if request.user.is_authenticated and not wish:
        return _read_only(request, scar, [ABROAD], status=409)
    if not attempt(f"supplier written:{scar.link_digest}", *WRITTEN, at=request.at):
        return _too_often(request)
    if scar.state not in ANSWERABLE:
        return _switched(request, wish) if wish else _answered_already(request, scar)
    answer = _written(request, scar, sends=request.POST.get("go") == "send")
    if wish and answer.status_code == 302:
        return _switched(request, wish)
    return answer


def _answered_already(request: Any, scar: SupplierRequest) -> HttpResponse:
    """The same form sent twice leads to the same page; other words than those sent are shown, not lost."""
    last = actions.last_answer(scar)
    same = last is not None and all(
        str(request.POST.get(name, "")).strip() == str(getattr(last, name)).strip() for name in ("occurrence", "action")
    )
    return _back(request) if same else _read_only(request, scar, [SENT_ALREADY], status=409)


def _switched(request: Any, wish: str) -> HttpResponse:
    answer = _back(request)
    answer.set_cookie(
        LANGUAGE_COOKIE, wish, max_age=30 * 24 * 3600, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return answer


def _back(request: Any) -> HttpResponse:
    return HttpResponseRedirect(request.path)


def _written(request: Any, scar: SupplierRequest, *, sends: bool) -> HttpResponse:
    """Whatever happens next, what was typed and brought along stands in the draft first."""
    draft = drafts.draft_of(scar)
    form = AnswerByLinkForm(request.POST, request.FILES, version=draft.version if draft else 0)
    if not sends:
        form.clean_of_draft()
    room = drafts.MOST_FILES - len(draft.files if draft else ())
    files, reasons = drafts.store_uploads(request.FILES.getlist("photos"), room)
    valid = form.is_valid()
    try:
        draft = drafts.save(scar, form.typed(), files, version=form.cleaned_data.get("version"), at=request.at)
    except drafts.DraftChanged as other:
        form.refuse(
            t(
                "有人用同一链接写了别的内容，见下方；再点一次就用您的替换。",
                "Somebody else wrote other words by the same link, shown below; "
                "press once more to replace them by yours.",
            )
        )
        return _form_page(request, scar, form, other.draft, theirs=_theirs(form, other.draft), status=409)
    if dropped := request.POST.get("drop"):
        drafts.drop_file(scar, dropped)
        draft = drafts.draft_of(scar)
    form.refuse(reasons) if reasons else None
    if not sends and not reasons:
        return _back(request)
    if not valid or reasons:
        return _form_page(request, scar, form, draft, status=422)
    return _answered(request, scar, form, draft)


def _answered(request: Any, scar: SupplierRequest, form: AnswerByLinkForm, draft: Any) -> HttpResponse:
    sent = StepContext(None, request.at, None, submission_token(form))
    try:
        actions.answer(scar, form.given(), context=sent, files=drafts.kept_files(draft))
    except AlreadyDone:
        return _back(request)
    except Refused as refused:
        show_refusal(form, refused)
        return _form_page(request, scar, form, draft, status=422)
    return _back(request)


def _theirs(form: AnswerByLinkForm, draft: SupplierDraft) -> list[tuple[Any, str]]:
    mine = form.typed()
    return [
        (form.fields[name].label, words) for name, words in draft.typed.items() if words and words != mine.get(name)
    ]


def _form_page(
    request: Any,
    scar: SupplierRequest,
    form: AnswerByLinkForm,
    draft: SupplierDraft | None,
    *,
    theirs: Any = (),
    status: int = 200,
) -> HttpResponse:
    if form.is_bound and draft is not None:  # what is sent next builds on what stands now
        typed: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        typed["version"] = str(draft.version)
        form.data = typed
    context = {
        **_about(scar),
        "form": form,
        "draft": draft,
        "theirs": theirs,
        "action": request.path,
        "abroad": ABROAD if request.user.is_authenticated else None,
    }
    return render(request, "suppliers/answer.html", context, status=status)


def _read_only(request: Any, scar: SupplierRequest, reasons: Any = (), *, status: int = 200) -> HttpResponse:
    answer = actions.last_answer(scar)
    files = drafts.files_of(answer) if answer is not None else []
    context = {
        **_about(scar),
        "answer": answer,
        "files": files,
        "reasons": reasons,
        "typed": _typed(request) if reasons else (),
        "action": request.path,
    }
    return render(request, "suppliers/sent.html", context, status=status)


def _typed(request: Any) -> list[tuple[Any, str]]:
    """What was sent, by the labels of its boxes."""
    fields = AnswerByLinkForm().fields
    return [
        (fields[name].label, words) for name in actions.ANSWER if (words := request.POST.get(name, "")[:4000]).strip()
    ]


def _about(scar: SupplierRequest) -> dict[str, Any]:
    """All that a supplier may know."""
    labels = ProcedureLabels(versions.procedure_of(scar.procedure_id))
    return {"scar": scar, "company": company_name(), "unit": labels("unit", scar.unit)}
