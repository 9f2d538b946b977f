import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // an inlined asset would need a hole in the Content-Security-Policy
    modulePreload: { polyfill: false },
    manifest: true,  // for scripts/pages.mjs
  },
  server: { proxy: { '/api': 'http://localhost:8000' } },
});
