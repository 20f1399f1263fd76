"""An AWS emulator for whole runs: moto behind a gateway, plus a host for real Lambda binaries.

``emulator.start(data_dir)`` starts the emulator as a child process and returns an
:class:`Emulator`; ``python -m emulator`` starts it by hand. README.md lists what moto does,
what AWS does, and the module that mends the difference.
"""

from emulator.process import Emulator, EmulatorError, start
from emulator.records import Call, Credentials, Fault

__all__ = ["Call", "Credentials", "Emulator", "EmulatorError", "Fault", "start"]
