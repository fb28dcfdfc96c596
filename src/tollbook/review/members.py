"""The members of a team, for admins: invite by a one-time link, change a role, begin somebody's account anew, remove.

Input: forms of an admin. Output: the list, with a link where one was made: it is shown once and kept nowhere.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.review import accounts
from tollbook.review.pages import render
from tollbook.review.people import ROLES, needs


@needs("admin")
async def members(request: Request) -> Response:
    return _page(request)


@needs("admin")
async def invite(request: Request) -> Response:
    kept, form = request.app.state.kept, await request.form()

    def made() -> tuple[str, str]:
        account = accounts.add(kept, str(form.get("name", "")), str(form.get("role", "")))
        return account.name, accounts.invite(kept, account.name)

    return _page(request, *await run_in_threadpool(made))


@needs("admin")
async def role(request: Request) -> Response:
    form = await request.form()
    name, wanted = str(form.get("name", "")), str(form.get("role", ""))
    await run_in_threadpool(accounts.set_role, request.app.state.kept, name, wanted)
    return RedirectResponse("/members", 303)


@needs("admin")
async def reset(request: Request) -> Response:
    kept, name = request.app.state.kept, str((await request.form()).get("name", ""))
    account = accounts.get(kept, name)
    return _page(request, account.name, await run_in_threadpool(accounts.reset, kept, account.name))


@needs("admin")
async def remove(request: Request) -> Response:
    name = str((await request.form()).get("name", ""))
    await run_in_threadpool(accounts.remove, request.app.state.kept, name)
    return RedirectResponse("/members", 303)


def _page(request: Request, name: str = "", token: str = "") -> Response:
    settings = request.app.state.settings
    link = f"{settings.url}/invite?token={token}" if token else ""
    people = accounts.everyone(request.app.state.kept)
    return render(
        request, "members.html", members=people, roles=ROLES, name=name, link=link, alone=settings.alone is not None
    )


ROUTES = (
    Route("/members", members),
    Route("/members", invite, methods=["POST"]),
    Route("/members/role", role, methods=["POST"]),
    Route("/members/reset", reset, methods=["POST"]),
    Route("/members/remove", remove, methods=["POST"]),
)
