"""The words of hostile requests."""

# What people ask, percent-encoded.
TEXTS = ("python", "infirmi%C3%A8re+de+nuit", "pyhton+-sql", "soudeur")
PARAMETERS = (
    "q", "job_id", "top", "offset", "facets", "skill", "min_pay", "posted_since", "near",
    "radius_km", "city", "department", "region", "country", "company", "contract", "working_time",
    "remote", "language", "source",
)  # fmt: skip
NAMES = (
    "", "q[]", "q[$ne]", "filter[a][b][c]", "[" * 200, "Q", "top.", "__proto__", "%00", "%ff",
    "q%00", "callback", "debug", "a" * 10_000, "q\u202e", "%", "job_id[0]", "\u0663", "id';--",
)  # fmt: skip
SQL = (
    "' or 1=1 --", "'; drop table marts.jobs; --", "1) union select null, null--", '"', "\\", "%_%",
    "$$; select pg_sleep(9); $$", "' || pg_sleep(9) || '", "{1,2}", "%(x)s", "%s", "{}", "\\'; --",
)  # fmt: skip
CHARACTERS = (
    "\x00", "python\x00", "\x1b[31m", "a\r\nSet-Cookie: a=b", "\u202enohtyp", "\u200b", "\ufeff",
    "\ud800", "\udfff\ud800", "e" + "\u0301" * 400, "\u0130", "ß", "\u017f", "\u2028", "\x7f",
    "\xa0", "\U0010ffff", "\ufffe", "\ufb01", "\uff21", "\u01c5", "\u0390", "\u0149", "\u00b2",
    "\U0001f469\u200d\U0001f467" * 100, "½", "\u2167",
)  # fmt: skip
NUMBERS = (
    "9" * 1_000, "1" * 5_000, "-1", "-0", "1e309", "nan", "-nan", "inf", "-inf", "0x10", "1_000",
    "+5", " 5", "5 ", "00010", "1.0", "2147483648", "9223372036854775808", "1e-400", "", "1,5",
    "1e3", "\u0661\u0662", "\uff11\uff10", "\u0967",
)  # fmt: skip
SIZES = (
    "a" * 10_000, "é" * 10_000, "a " * 5_000, "a" * 500, "ab " * 166, "qzxv " * 100, "- " * 250,
    " ".join(f"mot{number}" for number in range(80)), "a" * 101, "a" * 100, "\t" * 600,
)  # fmt: skip
# What readers of queries, templates, paths and addresses may trip over.
SYNTAX = (
    "-", "--", "- -", "-python", "python -python", '"python', "*", "?", "(", ")", "(" * 500,
    "[" * 1_000, "{" * 500, "(a+)+$", "a" * 40 + "!", "c++ c# .net", "-c++", "l'", "'" * 400,
    "AND OR NOT", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x/a}", "%", "%zz", "%00",
    "../../../../etc/passwd", "%u0041", "&", "=", "#", ";", "file:///etc/passwd", "|id", "`id`",
    "javascript:alert(1)",
)  # fmt: skip
FORMS = (
    "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "-0001-01-01", "2026-W01-1",
    "20260108", "\u0662\u0660\u0662\u0666-01-08", "2026-01-08T00:00:00Z", "48.85,2.35", "nan,nan",
    "90,180", "-90,-180", "91,0", "1e308,1e308", ",", "48.85", "48,85,2,35", "0,0", "48.85;2.35",
    "inf,0", "true", "TRUE", "\u0130TRUE", "null", "None", "undefined", "permanent", "paris",
    "Python", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
VALUES = (*SQL, *CHARACTERS, *NUMBERS, *SIZES, *SYNTAX, *FORMS)
PATHS = (
    "/../../etc/passwd", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fapp.py",
    "/static/....//app.py", "/static/..%5c..%5capp.py", "/static/%252e%252e/app.py", "/static/",
    "/static", "/static/%00", "/static/home.js%00.css", "/static/" + "a" * 300,
    "/static//etc/passwd", "//evil.example/", "/\\evil.example", "/api//jobs/search",
    "/api/jobs/search/", "/api/jobs/", "/api/jobs/%ff", "/api/jobs/%00", "/api/jobs/%2f",
    "/api/jobs/%ed%a0%80", "/api/jobs/JOB/", "/api/jobs/{JOB}", "/api/jobs/urn:uuid:JOB",
    "/api/jobs/JOB%00", "/api/jobs/JOB%0a", "/%", "/%zz", "/;a=b", "*", "?", "",
    "/api/jobs/search;a=1?q=python", "http://evil.example/api/jobs/search?q=python",
    "/" + "a/" * 2_000, "/" + "a" * 60_000, "/" + "%61" * 3_000, "/.git/config", "/.env",
    "/console", "/api", "/api/", "/api/recommend/JOB", "/api/jobs/..", "/api/jobs/.",
    "/api/jobs/search?q=python#x", "/?q=" + "a" * 10_000, "/?q=%00", "/?q=%ff%fe", "/?q=<script>",
    "/?job_id=%27", "/?q=a&q=b&job_id=c",
)  # fmt: skip
METHODS = (
    "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "CONNECT", "get", "GE T",
    "G\x00T", "POST", "X" * 1_000, "", "é", "GET\t", "QUERY", "*", "HTTP/1.1",
)  # fmt: skip
# By name. With one of LENGTHS a server may wait for what never comes.
LENGTHS = {
    "Content-Length": ("0", "-1", "abc", "+5", "1e3", "9" * 20, "5, 5", ""),
    "Transfer-Encoding": ("chunked", "gzip, chunked", "identity", "x", "chunked, chunked"),
    "Expect": ("100-continue", "200-ok"),
    "Upgrade": ("websocket", "h2c"),
    "Bad Name": ("a",),
    "Bad\x00Name": ("a",),
    "": ("a",),
}
HEADERS = LENGTHS | {
    "Accept": ("", "*/*;q=nan", "text/html;q=", "," * 1_000, "a/b;q=1e999", "\xff"),
    "Accept-Encoding": ("gzip;q=nan", "br, gzip", "*", "gzip;q=0", "," * 500),
    "Accept-Language": ("fr;q=x", "*", "x" * 5_000),
    "Authorization": ("Basic !!!", "Bearer", "Basic " + "=" * 100, "Digest a="),
    "Cache-Control": ("a=" * 500, "max-age=x"),
    "Connection": ("keep-alive, " * 100,),
    "Content-Encoding": ("gzip", "x"),
    "Content-Type": ("", "application/json; charset=klingon", "multipart/form-data"),
    "Cookie": ("a=" + "b" * 7_000, "session=\xff", ";" * 1_000, "="),
    "Forwarded": ("for=\xff",),
    "Host": ("", "evil.example", "a" * 1_000, "[::1", "127.0.0.1:999999", "\xff", "a b"),
    "If-Modified-Since": ("Thu, 99 Foo 99999", "0", "9" * 500, "\xe9"),
    "If-None-Match": ("*", 'W/"', '"' * 1_000, '"a", ' * 1_000, "W/", "\xff", ","),
    "If-Range": ('"a"', "yesterday"),
    "Origin": ("null", "\xff"),
    "Pragma": ("\x01",),
    "Range": ("bytes=0-0", "bytes=-1", f"bytes={'9' * 30}-", "x=", "bytes=5-2", "0-0," * 1_000),
    "Referer": ("\xff",),
    "TE": ("trailers",),
    "User-Agent": ("() { :; }; echo",),
    "X-Forwarded-For": ("' or 1=1", "1.2.3.4, " * 200),
    "X-Forwarded-Host": ("evil.example",),
    "X-Forwarded-Proto": ("javascript",),
    "X-HTTP-Method-Override": ("DELETE",),
}
CONTENT_TYPES = (
    "application/json", "application/json", "application/json", "application/json; charset=utf-16",
    "application/json; charset=klingon", "text/plain", "application/x-www-form-urlencoded", "",
    "multipart/form-data", "multipart/form-data; boundary=a", "application/problem+json", "*/*",
)  # fmt: skip
FIELDS = (
    *PARAMETERS, "text", "title", "description", "skills", "ad", "job", "narrowing", "filters",
)  # fmt: skip
JSON_VALUES = (
    None, True, False, 0, -1, 10**30, -(10**4_000), 1e308, 0.1, float("nan"), float("inf"), "",
    "x" * 1_000, [], {}, [None], [[]], ["python", 1], {"$gt": ""}, {"a": {"b": []}},
    [["a"] * 100] * 100, ["a"] * 5_000,
)  # fmt: skip
BODIES = (
    b"", b"{", b"}", b"null", b"true", b"1", b'""', b'"text"', b"[]", b"{}", b"NaN", b"-Infinity",
    b"[" * 100_000, b'{"a":' * 10_000, b'{"text":' * 100_000, b"[" * 500 + b"]" * 500,
    b'{"text": ' * 500 + b'"a"' + b"}" * 500, b"\x00", b"\xff\xfe", b"'", b'{"text": "\xff"}',
    b'{"text": "\\ud800"}', b'{"text": "\\u0000"}', b'{"text": "a", "text": "b"}',
    b'{"top": ' + b"9" * 10_000 + b"}", b'{"top": 1e999}', b'{"top": -0}', b'{"\\ud800": 1}',
    b'\xef\xbb\xbf{"text": "a"}', '{"text": "python"}'.encode("utf-16"), b'{"text": "python",}',
    b"{'text': 'python'}", b"text=python", b"--a\r\n" * 5_000, b"a=b&" * 50_000,
    b'--a\r\nContent-Disposition: form-data; name="q"\r\n\r\nx\r\n--a--\r\n',
    b'{"text": "' + b"a" * 1_000_000 + b'"}', b'{"text": "' + b"mot " * 50_000 + b'"}',
)  # fmt: skip
NOT_HTTP = (
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET  /  HTTP/1.1\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n\r\n",
    b"\r\n",
    b"\x00" * 1_000,
    b"\n" * 10_000,
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 500,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,  # the first bytes of TLS
)
