export default function remarkTypographic(): (tree: object) => void;
