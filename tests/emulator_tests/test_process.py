"""Starting and stopping: one JSON line, local address only, nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import emulator
from emulator_tests.conftest import create_function, invoke

TESTS = Path(__file__).parent.parent


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def start_by_hand(data_dir: Path, *options: str) -> tuple[subprocess.Popen, str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "emulator", "--data-dir", str(data_dir), *options],
        cwd=TESTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return process, json.loads(process.stdout.readline())["endpoint"]


def function_pid(running: emulator.Emulator) -> int:
    create_function(running, "probe")
    return invoke(running, "probe", {})[1]["pid"]


def test_a_chosen_port_is_used_and_only_this_machine_may_connect(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with emulator.start(tmp_path, port) as running:
        assert running.endpoint == f"http://127.0.0.1:{port}"
        with socket.socket() as other, pytest.raises(OSError):
            other.connect((socket.gethostbyname(socket.gethostname()), port))
            if other.getpeername()[0].startswith("127."):
                raise OSError("this machine's name is a loopback address")


def test_stopping_ends_the_functions_too(tmp_path):
    running = emulator.start(tmp_path)
    pid = function_pid(running)
    assert is_alive(pid)
    running.stop()
    assert not is_alive(pid)
    assert not is_alive(running.pid)
    running.stop()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_functions_too(tmp_path, sent):
    process, endpoint = start_by_hand(tmp_path)
    pid = function_pid(emulator.Emulator(process, endpoint, tmp_path))
    process.send_signal(sent)
    assert process.wait(10) == 0
    assert wait_for(lambda: not is_alive(pid))


def test_the_end_of_the_parent_ends_everything(tmp_path):
    process, endpoint = start_by_hand(tmp_path, "--until-stdin-closes")
    pid = function_pid(emulator.Emulator(process, endpoint, tmp_path))
    process.stdin.close()
    assert process.wait(10) == 0
    assert wait_for(lambda: not is_alive(pid))


def test_functions_end_when_the_emulator_is_killed(tmp_path):
    process, endpoint = start_by_hand(tmp_path)
    pid = function_pid(emulator.Emulator(process, endpoint, tmp_path))
    process.kill()
    process.wait()
    assert wait_for(lambda: not is_alive(pid))


def test_a_taken_port_is_an_error_that_says_so(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(emulator.EmulatorError, match="in use"):
            emulator.start(tmp_path, taken.getsockname()[1])


def test_the_variables_point_other_programs_at_the_emulator(emu):
    root = emulator.Credentials.root("222222222222")
    script = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": os.environ["PATH"], **emu.environment(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "222222222222"
