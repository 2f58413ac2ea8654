package grpc.resolver.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An authoritative server on one loopback port, UDP and TCP: what it was not told of does not
 * exist.
 */
final class DnsServer implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private record Key(String name, int type) {}

  /** What is sent for a reply; null for nothing. */
  interface Wire {
    byte @Nullable [] of(Message query, Message reply) throws IOException;
  }

  private final Map<Key, List<Record>> records = new ConcurrentHashMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Set<String> ignored = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private volatile boolean truncates;
  private volatile boolean silent;
  private volatile Wire wire = (query, reply) -> reply.toWire();
  final AtomicInteger overTcp = new AtomicInteger();

  /** What was asked, as {@code A host.}. */
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  private DnsServer(ServerSocket tcp, DatagramSocket udp) {
    this.tcp = tcp;
    this.udp = udp;
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  /** Starts on this port, or on one that is free for both where it is 0. */
  static DnsServer start(int port) throws IOException {
    while (true) {
      var tcp = new ServerSocket(port, 10, LOOPBACK);
      try {
        return new DnsServer(tcp, new DatagramSocket(tcp.getLocalPort(), LOOPBACK));
      } catch (BindException e) {
        tcp.close();
        if (port != 0) {
          throw e;
        }
      }
    }
  }

  String authority() {
    return "127.0.0.1:" + tcp.getLocalPort();
  }

  int port() {
    return tcp.getLocalPort();
  }

  DnsServer with(Record... added) {
    for (Record record : added) {
      var key = new Key(record.getName().toString(), record.getType());
      records.merge(key, List.of(record), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
    return this;
  }

  /** Answers questions for this name with this code. */
  DnsServer failing(String name, int rcode) {
    failures.put(name, rcode);
    return this;
  }

  /** Answers over UDP only that the answer is too long for it. */
  DnsServer truncating() {
    truncates = true;
    return this;
  }

  /** Answers no question for this name. */
  DnsServer ignoring(String name) {
    ignored.add(name);
    return this;
  }

  /** Answers no question of this kind, such as {@code AAAA host.}, until the latch is open. */
  DnsServer holding(String question, CountDownLatch until) {
    held.put(question, until);
    return this;
  }

  /** Sends this in the place of each reply, over UDP. */
  DnsServer sending(Wire changed) {
    wire = changed;
    return this;
  }

  /** Answers every question with this code. */
  DnsServer refusing(int rcode) {
    return sending((query, reply) -> {
      reply.getHeader().setRcode(rcode);
      reply.removeAllRecords(Section.ANSWER);
      return reply.toWire();
    });
  }

  /** Answers questions that come with an OPT record with this code; without one in the answer. */
  DnsServer refusingEdns(int rcode) {
    return sending((query, reply) -> {
      if (query.getOPT() != null) {
        reply.getHeader().setRcode(rcode);
        reply.removeAllRecords(Section.ANSWER);
      }
      return reply.toWire();
    });
  }

  /** Listens on UDP alone. */
  DnsServer withoutTcp() throws IOException {
    tcp.close();
    return this;
  }

  /** Answers nothing. */
  DnsServer silent() {
    silent = true;
    return this;
  }

  private Message answer(byte[] bytes) throws IOException {
    var query = new Message(bytes);
    var reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.AA);
    var question = query.getQuestion();
    reply.addRecord(question, Section.QUESTION);
    String name = question.getName().toString();
    told(Type.string(question.getType()) + " " + name);
    var rcode = failures.get(name);
    if (rcode != null) {
      reply.getHeader().setRcode(rcode);
    } else if (records.keySet().stream().noneMatch(key -> key.name().equals(name))) {
      reply.getHeader().setRcode(Rcode.NXDOMAIN);
    } else {
      records
          .getOrDefault(
              new Key(name, question.getType()),
              records.getOrDefault(new Key(name, Type.CNAME), List.of()))
          .forEach(record -> reply.addRecord(record, Section.ANSWER));
    }
    return reply;
  }

  private synchronized void told(String question) {
    asked.add(question);
    notifyAll();
  }

  /** Waits until it was asked this. */
  synchronized void awaitAsked(String question) throws InterruptedException {
    while (!asked.contains(question)) {
      wait();
    }
  }

  private void serveUdp() {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[4096], 4096);
        udp.receive(packet);
        Thread.ofVirtual().start(() -> serve(packet));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(DatagramPacket packet) {
    try {
      byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
      var reply = answer(query);
      var question = reply.getQuestion();
      String name = question.getName().toString();
      var latch = held.get(Type.string(question.getType()) + " " + name);
      if (latch != null) {
        latch.await();
      }
      if (!silent && !ignored.contains(name)) {
        if (truncates) {
          reply.getHeader().setFlag(Flags.TC);
          reply.removeAllRecords(Section.ANSWER);
        }
        byte[] sent = wire.of(new Message(query), reply);
        if (sent != null) {
          udp.send(new DatagramPacket(sent, sent.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // closed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveTcp() {
    try {
      while (true) {
        var client = tcp.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (client) {
                var in = new DataInputStream(client.getInputStream());
                while (true) {
                  var query = new byte[in.readUnsignedShort()];
                  in.readFully(query);
                  overTcp.incrementAndGet();
                  byte[] wire = answer(query).toWire();
                  var out = new DataOutputStream(client.getOutputStream());
                  out.writeShort(wire.length);
                  out.write(wire);
                  out.flush();
                }
              } catch (IOException e) {
                // the client has hung up
              }
            });
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
