package adw.agent;

/// What an agent is told before the prompt: the role it plays.
///
/// @param name of the role, such as `reviewer`; letters, digits, `-` and `_`
public record Instructions(String name, String text) {}
