import gzip
import random
import threading

from cops.pagecache.store import Entry, PageStore
from cops.pagecache.version import Version


def _entry(size: int = 1_000, **fields) -> Entry:
    values = {
        "token": 1,
        "made_at": 0.0,
        "ends_at": 100.0,
        "headers": {},
        "etag": '"x"',
        "packed": b"x" * size,
        "plain": None,
        "route": "",
    }
    return Entry(**values | fields)


def _key(number: int) -> tuple[str, str, str, str]:
    return ("http", "localhost", f"/{number}/", "")


def test_the_oldest_unread_goes_first_and_the_limit_holds():
    store = PageStore()
    limit = 3 * _entry().weight
    for number in range(3):
        store.put(_key(number), _entry(), limit=limit)
    store.get(_key(0))
    store.put(_key(3), _entry(), limit=limit)
    assert [store.get(_key(n)) is not None for n in range(4)] == [True, False, True, True]
    assert store.weight == limit


def test_a_page_larger_than_the_whole_is_not_kept():
    store = PageStore()
    store.put(_key(0), _entry(), limit=10_000)
    store.put(_key(1), _entry(20_000), limit=10_000)
    assert len(store) == 1


def test_putting_again_replaces_and_weighs_the_plain_body():
    store = PageStore()
    entry = _entry(packed=gzip.compress(b"bonjour" * 1_000))
    store.put(_key(0), entry, limit=100_000)
    light = store.weight
    entry.unpack()
    store.put(_key(0), entry, limit=100_000)
    assert store.weight == light + 7_000
    store.forget(_key(0))
    assert (store.weight, len(store)) == (0, 0)


def test_freshness():
    entry = _entry(made_at=10.0)
    assert entry.is_fresh(Version(1, None), 50)
    assert not entry.is_fresh(Version(2, None), 50)
    assert not entry.is_fresh(Version(1, None), 100)
    assert entry.is_fresh(Version(1, 60.0), 59)
    assert not entry.is_fresh(Version(1, 60.0), 60)
    assert entry.is_fresh(Version(1, 5.0), 69)
    assert not entry.is_fresh(Version(1, 5.0), 70)


def test_many_threads_never_break_the_weight():
    store = PageStore()
    limit = 20 * _entry().weight

    def use(seed: int) -> None:
        draw = random.Random(seed)
        for _ in range(2_000):
            key = _key(draw.randrange(60))
            if store.get(key) is None:
                store.put(key, _entry(draw.randrange(2_000)), limit=limit)
            elif draw.random() < 0.1:
                store.forget(key)

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.weight <= limit
    assert store.weight == sum(weight for _, weight in store._entries.values())
    store.clear()
    assert store.weight == 0
