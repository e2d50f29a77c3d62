/** Microsoft's login hosts, with those of its national clouds: from where keys of issuers are fetched by default. */
export const entraHosts: readonly string[] = [
  'login.microsoftonline.com',
  'login.windows.net',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'sts.chinacloudapi.cn',
];
