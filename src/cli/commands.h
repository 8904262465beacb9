/* commands: one line a command, in the order that help prints. A new one is a file cmd_NAME.c and a line here. */
#ifndef COMMAND
#error "define COMMAND first"
#endif
COMMAND(init)
COMMAND(add)
COMMAND(watch)
COMMAND(list)
COMMAND(log)
COMMAND(show)
COMMAND(diff)
COMMAND(blame)
COMMAND(origins)
COMMAND(copies)
COMMAND(headlines)
COMMAND(search)
COMMAND(regroup)
COMMAND(accept)
COMMAND(reject)
COMMAND(reread)
COMMAND(export)
COMMAND(extract)
COMMAND(reindex)
COMMAND(verify)
