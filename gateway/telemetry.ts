// Imported before anything of Apollo's: its gateway reads this when it is made, and would report to its vendor otherwise.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
