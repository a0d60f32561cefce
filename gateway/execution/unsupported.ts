/** The plan or operation holds something that is not compiled: the executor of Apollo's gateway runs it. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}
