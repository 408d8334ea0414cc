"""What the models raise on purpose. Each message says what to do next.

MlError
├── EmptyCorpus          nothing to learn from
├── RepeatedAd           an ad stands twice in a corpus
├── BadVersion           not the name of a model version
└── ModelUnusable        a stored model cannot be served
    ├── ModelDamaged        its files are not the ones that were written
    ├── ModelIncompatible   it was written by another scikit-learn or release
    └── ModelOutOfReach     the store does not answer, or there is no room here for its files
"""

from core.errors import JobdashError


class MlError(JobdashError):
    pass


class EmptyCorpus(MlError):
    pass


class RepeatedAd(MlError):
    pass


class BadVersion(MlError):
    pass


class ModelUnusable(MlError):
    pass


class ModelDamaged(ModelUnusable):
    pass


class ModelIncompatible(ModelUnusable):
    pass


class ModelOutOfReach(ModelUnusable):
    pass
