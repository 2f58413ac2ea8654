package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A write was short; one puts while the socket takes more. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each framed once")
@State
public class PutDrain {
  private final Desk desk = new Desk(0);

  /** A desk whose first command waits for the socket. */
  public PutDrain() {
    desk.put(0);
  }

  @Actor
  public void put() {
    desk.put(1);
  }

  @Actor
  public void writable() {
    desk.outbox.onWritable();
  }

  @Arbiter
  public void outcome(II_Result r) {
    desk.settle();
    r.r1 = desk.outcome(0);
    r.r2 = desk.outcome(1);
  }
}
