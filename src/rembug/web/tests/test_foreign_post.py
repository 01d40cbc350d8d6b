"""What another site posts here changes nothing of this person's session."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/bahasa/", "/lapor/", "/tidak-ada/"])
@pytest.mark.parametrize("said", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_a_post_of_another_site_sets_no_csrf_cookie(path: str, said: dict[str, str]) -> None:
    # A browser sends no SameSite=Lax cookie with such a post, but it keeps what the answer sets.
    answer = Client(enforce_csrf_checks=True).post(path, {"language": "en"}, headers=said)
    assert answer.status_code in (403, 404)
    assert not answer.cookies
    assert b'action="/bahasa/"' not in answer.content


def test_a_form_of_our_own_that_grew_old_still_offers_the_languages() -> None:
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = Client(enforce_csrf_checks=True).post("/bahasa/", {"language": "en"}, headers=own)
    assert answer.status_code == 403
    assert b'action="/bahasa/"' in answer.content
