import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import './app/theme';
import './ui/design.css';
import './features/features.css';

createRoot(document.getElementById('root') as HTMLElement).render(<App />);
