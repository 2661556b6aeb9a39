/**
 * Where files lie, without what changes from one to the next: the bucket and the folders, up to the first part with a wild card
 * or a digit. File names are often made of values, and thousands of files are one place.
 */
export function locationOf(uri: string): string {
  const plain = uri.replace(/[?#].*$/su, '').replace(/^([a-z][\w+.-]*:\/\/)[^/@]*@/iu, '$1');
  const [, scheme = '', bucket = '', rest = ''] = /^([a-z][\w+.-]*:\/\/)?([^/]*)(.*)$/isu.exec(plain) ?? [];
  const folders = rest.split('/').slice(1, -1);
  const stop = folders.findIndex((folder) => /[*\d={}]/u.test(folder));
  const kept = stop < 0 ? folders : folders.slice(0, stop);
  return `${scheme}${[bucket, ...kept].join('/')}`;
}
