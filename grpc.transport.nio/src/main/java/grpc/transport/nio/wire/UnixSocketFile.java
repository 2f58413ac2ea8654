package grpc.transport.nio.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket that a server made. The server deletes it when it closes, unless
 * a successor has put its own file there meanwhile. It replaces the file of a killed server: no
 * process answers there.
 */
final class UnixSocketFile {
  /** The size of {@code sun_path} on Linux, without its zero byte. */
  private static final int MAX_PATH_BYTES = 107;

  private final Path path;
  private final Object key; // device and inode

  private UnixSocketFile(Path path, Object key) {
    this.path = path;
    this.key = key;
  }

  /**
   * Binds the channel, and replaces a socket file without a listener.
   *
   * @throws IOException with advice
   */
  static @Nullable UnixSocketFile bind(
      ServerSocketChannel channel, UnixDomainSocketAddress address, int backlog)
      throws IOException {
    Path path = address.getPath();
    int length = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (length > MAX_PATH_BYTES) {
      throw new IOException(
          "the path has "
              + length
              + " bytes (expected: at most "
              + MAX_PATH_BYTES
              + "); choose a shorter one, or one relative to the working directory");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException("there is no directory " + folder + "; make it first");
    }
    removeCorpse(path);
    try {
      channel.bind(address, backlog);
    } catch (IOException e) {
      throw new IOException(
          e.getMessage()
              + "; is another process listening there, and may this one write to the directory?"
              + " Choose another path",
          e);
    }
    Object key = key(path);
    return key == null ? null : new UnixSocketFile(path, key);
  }

  private static void removeCorpse(Path path) throws IOException {
    Object found = key(path);
    if (found == null) {
      return;
    }
    if (!attributes(path).isOther()) {
      throw new IOException(
          "a file is there that is no socket; choose another path, or remove the file");
    }
    if (answers(path)) {
      throw new IOException("another process listens there; stop it first, or choose another path");
    }
    if (found.equals(key(path))) { // else another process has put its file there meanwhile
      Files.deleteIfExists(path);
    }
  }

  private static boolean answers(Path path) throws IOException {
    try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false); // a full backlog would keep us waiting
      probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) { // refused: only the file is left
      return false;
    } catch (IOException e) { // a full backlog, or no permission to connect: a process is there
      return true;
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** {@return device and inode; null when there is no file, or the file system has none} */
  private static @Nullable Object key(Path path) throws IOException {
    try {
      return attributes(path).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Deletes the file if it is still the one that was made. */
  void delete() throws IOException {
    if (Objects.equals(key, key(path))) {
      Files.deleteIfExists(path);
    }
  }
}
