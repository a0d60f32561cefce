export interface Words {undefinedValue: string}
