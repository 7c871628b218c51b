package adw.agent.program;

import adw.spend.Prices;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/// What all programs of a machine share.
///
/// @param memory a folder for what must outlive a call, shared by all processes of a repository
/// @param sandbox keeps programs from the rest of the disk
/// @param zone in which programs mean times of day that name none
/// @param root whether programs run as root
public record ProgramSettings(
    Path memory,
    Prices prices,
    Optional<Bubblewrap> sandbox,
    InstantSource clock,
    Supplier<ZoneId> zone,
    boolean root) {}
