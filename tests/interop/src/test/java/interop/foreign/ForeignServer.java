package interop.foreign;

import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A server on Netty's HTTP/2 that answers {@code SimpleRequest}s as its script says, on 127.0.0.1.
 * One loop thread does everything; what is listed may be read on any thread.
 */
public final class ForeignServer implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final Channel listener;

  /** One that asks for nothing but HTTP/2's own settings. */
  public ForeignServer(Script script) {
    this(script, new Http2Settings());
  }

  /** Listens at once; every connection begins with these settings. */
  public ForeignServer(Script script, Http2Settings settings) {
    listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    var connection = new Connection(script, settings);
                    connections.add(connection);
                    channel.pipeline().addLast(connection.handler());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** {@return where to call it} */
  public String target() {
    return "ipv4:127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** {@return the connections so far, in their order} */
  public List<Connection> connections() {
    return List.copyOf(connections);
  }

  /** {@return the whole requests so far, by connection and in their order} */
  public List<Exchange> exchanges() {
    return connections.stream().flatMap(connection -> connection.exchanges().stream()).toList();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
