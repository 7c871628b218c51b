package adw.task.file;

/// The answers for a file that git does not see.
record NoGit() implements GitView {
  @Override
  public boolean isTracked() {
    return false;
  }

  @Override
  public String position() {
    return "";
  }

  @Override
  public boolean isWriting() {
    return false;
  }

  @Override
  public boolean isMerging() {
    return false;
  }

  @Override
  public boolean isStored(byte[] bytes) {
    return false;
  }

  @Override
  public boolean isHome() {
    return true;
  }
}
