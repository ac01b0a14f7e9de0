"""One program per data folder: a second start hands its plan to the first and ends."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from bodymap.domain import Refusal

_ANSWER_MS = 2000


class SingleInstance(QObject):
    """Holds the data folder for this process, or reaches the process that holds it.

    Signals
    -------
    raised(str)
        Another start asked this one to come forward; the plan it was given, or ``""``.
    """

    raised = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / "bodymap.lock"))
        # A living holder never goes stale; a dead one is found by its process id.
        self._lock.setStaleLockTime(0)
        # Local socket names are short on some systems, so the folder goes in as a digest.
        self._name = "bodymap-" + sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def acquire(self) -> bool:
        """Take the folder; False when another process holds it.

        Raises
        ------
        Refusal
            Nothing can be written there.
        """
        if not self._lock.tryLock(0):
            if self._lock.error() is QLockFile.LockError.LockFailedError:
                return False
            raise Refusal(
                f"The data folder {self._folder} cannot be written to; "
                "allow that, or start with --data and another folder."
            )
        QLocalServer.removeServer(self._name)  # a socket file left by a crash
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Give the folder back."""
        self._server.close()
        self._lock.unlock()

    def raise_holder(self, plan: str) -> bool:
        """Ask the holder of the folder to come forward with a plan; False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_ANSWER_MS):
            return False
        socket.write(plan.encode() + b"\n")
        answered = socket.waitForBytesWritten(_ANSWER_MS) and socket.waitForReadyRead(_ANSWER_MS)
        socket.disconnectFromServer()
        return answered

    def _answer(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._take_line(socket)

    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._take_line(socket)

    def _take_line(self, socket: QLocalSocket) -> None:
        plan = bytes(socket.readLine().data()).decode(errors="replace").rstrip("\n")
        socket.write(b"here\n")
        socket.flush()
        self.raised.emit(plan)
