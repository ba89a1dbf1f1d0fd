/// <reference types="node" />
import { generatedTimelines } from "./generated-days.ts";

process.stdout.write(generatedTimelines());
