package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A write was short; one closes while the socket takes more. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "framed")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "failed")
@State
public class CloseDrain {
  private final Desk desk = new Desk(0);

  /** A desk whose command waits for the socket. */
  public CloseDrain() {
    desk.put(0);
  }

  @Actor
  public void close() {
    desk.close();
  }

  @Actor
  public void writable() {
    desk.outbox.onWritable();
  }

  @Arbiter
  public void outcome(II_Result r) {
    r.r1 = desk.outcome(0);
    r.r2 = desk.finishes();
  }
}
