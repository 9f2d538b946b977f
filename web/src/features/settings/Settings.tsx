import { useState } from 'react';
import { useWords } from '../../i18n/language';
import { Segmented } from '../../ui/parts';
import { Devices } from './Devices';
import { Exports } from './Exports';
import { Keys } from './Keys';
import { People } from './People';
import './settings.css';

type Part = 'people' | 'devices' | 'keys' | 'exports';

/** Who comes in, from where, which programs, and what lists were taken away. */
export default function Settings() {
  const words = useWords();
  const [part, setPart] = useState<Part>('people');
  return (
    <div className="page-in settings">
      <div className="head"><div><h1>{words.settings.title}</h1><p>{words.settings.lead}</p></div></div>
      <Segmented label={words.settings.parts} value={part} choices={[['people', words.settings.people], ['devices', words.settings.devices], ['keys', words.settings.keys], ['exports', words.exports.part]]} onChange={setPart} />
      {part === 'people' ? <People /> : part === 'devices' ? <Devices /> : part === 'keys' ? <Keys /> : <Exports />}
    </div>
  );
}
