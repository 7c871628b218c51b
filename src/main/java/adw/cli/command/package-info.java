/// One file a command.
///
/// `adw NAME` is `NameCommand`; a new one also stands in `adw.cli.console.CommandCatalog`. Nothing
/// here decides: it reads arguments, asks, prints.
@NullMarked
package adw.cli.command;

import org.jspecify.annotations.NullMarked;
