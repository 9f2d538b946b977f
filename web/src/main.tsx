import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { client } from './api/useQuery';
import { App } from './app/App';
import './app/theme';
import './ui/design.css';
import './features/features.css';

createRoot(document.getElementById('root') as HTMLElement).render(<QueryClientProvider client={client}><App /></QueryClientProvider>);
