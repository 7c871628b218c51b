package adw.agent;

/// Settings of an agent that make no sense.
public final class AgentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AgentException(String message) {
    super(message);
  }
}
