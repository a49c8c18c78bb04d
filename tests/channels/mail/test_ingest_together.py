"""Several who fetch the same mail in the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from huiyin.contacts.models import Contact, Message
from tests.cast import factory
from tests.channels.mail.conftest import Post
from tests.channels.mail.letters import letter


@pytest.mark.django_db(transaction=True)
def test_four_fetchers_take_the_same_mail_in_once() -> None:
    post = Post(factory("base"))

    def fetch(_: int) -> tuple[int, bool]:
        try:
            found = post.take(letter())
            return found.contact.pk, found.again
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(fetch, range(4)))
    assert (Contact.objects.count(), Message.objects.count()) == (1, 1)
    assert sorted(again for _, again in answers) == [False, True, True, True]
    assert {pk for pk, _ in answers} == {Contact.objects.get().pk}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", range(4))
def test_a_second_fetcher_at_any_moment_before_the_entry_takes_it_in_once(moment: int) -> None:
    """Another process takes the same mail in after the n-th statement of the first one, outside its transaction."""
    post = Post(factory("base"))
    statements = 0
    others: list[bool] = []

    def another(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        answer = execute(sql, params, many, context)
        if not connection.in_atomic_block and not others:
            statements += 1
            if statements > moment:
                others.append(True)
                others[0] = post.take(letter()).again
        return answer

    with connection.execute_wrapper(another):
        mine = post.take(letter())
    assert others == [False]
    assert mine.again
    assert (Contact.objects.count(), Message.objects.count()) == (1, 1)
