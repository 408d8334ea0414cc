"""Everything that jobdash raises on purpose. Each message says what to do next.

JobdashError            exit code 1
├── SettingsError                 2   a setting, a file or an argument cannot be used
├── KeysRefused                   3   the source does not accept the API keys
├── SourceDown                    4   the source does not answer as it should, for now
├── BatchBusy                     5   another process works on a batch
├── StageOutOfOrder               6   the stage before has not succeeded yet
├── DbtFailed                     7   a dbt model or test failed
├── LawBroken                     8   a batch's numbers do not add up
├── ArchiveFailed                 9   a month cannot be moved to the archive or back
├── PublicationHeld              10   a batch's figures fell off a cliff: it is not shown
├── BackupFailed                 11   a backup cannot be made, is not whole or cannot be restored
└── BackupBusy                   12   another process works on the backups
"""


class JobdashError(Exception):
    exit_code = 1


class SettingsError(JobdashError):
    exit_code = 2


class KeysRefused(JobdashError):
    exit_code = 3


class SourceDown(JobdashError):
    exit_code = 4


class BatchBusy(JobdashError):
    exit_code = 5


class StageOutOfOrder(JobdashError):
    exit_code = 6


class DbtFailed(JobdashError):
    exit_code = 7


class LawBroken(JobdashError):
    exit_code = 8


class ArchiveFailed(JobdashError):
    exit_code = 9


class PublicationHeld(JobdashError):
    exit_code = 10


class BackupFailed(JobdashError):
    exit_code = 11


class BackupBusy(JobdashError):
    exit_code = 12
