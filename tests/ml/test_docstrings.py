"""The examples in docstrings are true."""

import doctest

import pytest

from ml import stems, text, versions


@pytest.mark.parametrize("module", [stems, text, versions])
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
