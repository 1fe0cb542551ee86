/**
 * The pages, in the order of the navigation. `name` is the first step of a page's address, `load` brings its folder's
 * index.js when it is opened, `roles` names who is shown it. A page's owner adds one line.
 */
export const pages = [
  { name: '', label: 'Live', icon: 'live', roles: ['admin', 'reader'], load: () => import('../live/index.js') },
  { name: 'customers', label: 'Customers', icon: 'customers', roles: ['admin', 'reader'], load: () => import('../customers/index.js') },
  { name: 'events', label: 'Events', icon: 'events', roles: ['admin', 'reader'], load: () => import('../events/index.js') },
  { name: 'stories', label: 'Stories', icon: 'stories', roles: ['admin'], load: () => import('../stories/index.js') },
  { name: 'rules', label: 'Rules', icon: 'rules', roles: ['admin', 'reader'], load: () => import('../rules/index.js') },
  { name: 'templates', label: 'Templates', icon: 'templates', roles: ['admin', 'reader'], load: () => import('../texts/index.js') },
  { name: 'delivery', label: 'Delivery', icon: 'delivery', roles: ['admin', 'sender', 'reader'], load: () => import('../delivery/index.js') },
];

export function pageOf(path) {
  const name = path.split('/')[1] ?? '';
  return pages.find(page => page.name === name);
}
